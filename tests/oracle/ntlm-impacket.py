"""Signs in with impacket's NTLM: GETs a URL, and prints the status of the last answer.

Arguments: scheme, host, port, address, path, user, domain. The password comes on standard input.
"""

import base64
import http.client
import ssl
import sys

from impacket import ntlm

scheme, host, port, address, path, user, domain = sys.argv[1:]
password = sys.stdin.buffer.read().decode("utf-8")

connection = http.client.HTTPSConnection(address, int(port), context=ssl._create_unverified_context())


def ask(message):
    token = base64.b64encode(message.getData()).decode("ascii")
    connection.request("GET", path, headers={"Host": host, "Authorization": f"{scheme} {token}"})
    response = connection.getresponse()
    response.read()
    return response


negotiate = ntlm.getNTLMSSPType1("", "", signingRequired=True, use_ntlmv2=True)
challenge = ask(negotiate).getheader("WWW-Authenticate").split(" ", 1)[1]
authenticate, _ = ntlm.getNTLMSSPType3(
    negotiate, base64.b64decode(challenge), user, password, domain, use_ntlmv2=True
)
print(ask(authenticate).status)
