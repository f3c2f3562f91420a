"""Signs in with requests-ntlm, which binds to the certificate: GETs a URL, and prints the status of the last answer.

Arguments: host, port, address, path, user, whether to bind. The password comes on standard input.
"""

import sys
import warnings

import requests
from requests_ntlm import HttpNtlmAuth

host, port, address, path, user, bind = sys.argv[1:]
password = sys.stdin.buffer.read().decode("utf-8")

warnings.simplefilter("ignore")
auth = HttpNtlmAuth(user, password, send_cbt=bind == "bind")
answer = requests.get(f"https://{address}:{port}{path}", auth=auth, headers={"Host": host}, verify=False)
print(answer.status_code)
