"""Asks the lab over RPC over HTTP with Samba's own client which interfaces it has, and prints what it was told as JSON.

The question comes on standard input as JSON: where to ask, and how to sign in at the proxy and inside RPC. Samba has no client for what Exchange
speaks; the interface of management every server has.
"""

import json
import sys

from samba import credentials, param
from samba.dcerpc import mgmt

question = json.load(sys.stdin)
parameters = param.LoadParm()
parameters.set("tls verify peer", "ca_only")
parameters.set("tls cafile", question["roots"])
who = credentials.Credentials()
who.guess(parameters)
who.set_kerberos_state(credentials.DONT_USE_KERBEROS)
who.set_username(question["user"])
who.set_domain(question["domain"])
who.set_password(question["password"])

proxy = "RpcProxy=%s:%d,HttpAuthOption=%s" % (question["target"], question["httpPort"], question["http"])
binding = "ncacn_http:%s[%d,%s,%s]" % (question["server"], question["port"], proxy, ",".join(question["flags"]))

try:
    vector = mgmt.mgmt(binding, parameters, who).inq_if_ids()
    print(json.dumps({"interfaces": [[str(each.id.uuid), each.id.if_version] for each in vector.if_id]}))
except Exception as error:  # whatever it is, the test wants to see it
    print(json.dumps({"error": str(error)}))
