"""Calls the lab over RPC over HTTP with impacket, and prints what came back as JSON.

The question comes on standard input as JSON: what is to be called, where, and how to sign in at the proxy and inside RPC.
"""

import json
import sys

from impacket import uuid
from impacket.dcerpc.v5 import nspi, oxabref, rpcrt, transport
from impacket.dcerpc.v5.dtypes import STR, ULONG, USHORT
from impacket.dcerpc.v5.ndr import NDRCALL, NDRPOINTER, NDRSTRUCT, NDRUniConformantArray, NDRUniConformantVaryingArray
from impacket.http import AUTH_BASIC, AUTH_NTLM

EMSMDB = uuid.uuidtup_to_bin(("a4f1db00-ca47-1067-b31f-00dd010662da", "0.81"))
LEVELS = {
    "connect": rpcrt.RPC_C_AUTHN_LEVEL_CONNECT,
    "integrity": rpcrt.RPC_C_AUTHN_LEVEL_PKT_INTEGRITY,
    "privacy": rpcrt.RPC_C_AUTHN_LEVEL_PKT_PRIVACY,
}


class Octets(NDRUniConformantArray):
    item = "c"


class VaryingOctets(NDRUniConformantVaryingArray):
    item = "c"


class StringPointer(NDRPOINTER):
    referent = (("Data", STR),)


class Words(NDRSTRUCT):
    """Three numbers of 16 bits, without a count."""

    structure = (("major", USHORT), ("build", USHORT), ("minor", USHORT))


class EcDoConnectEx(NDRCALL):
    opnum = 10
    structure = (
        ("szUserDN", STR),
        ("ulFlags", ULONG),
        ("ulConMod", ULONG),
        ("cbLimit", ULONG),
        ("ulCpid", ULONG),
        ("ulLcidString", ULONG),
        ("ulLcidSort", ULONG),
        ("ulIcxrLink", ULONG),
        ("usFCanConvertCodePages", USHORT),
        ("rgwClientVersion", Words),
        ("pulTimeStamp", ULONG),
        ("rgbAuxIn", Octets),
        ("cbAuxIn", ULONG),
        ("pcbAuxOut", ULONG),
    )


class EcDoConnectExResponse(NDRCALL):
    structure = (
        ("pcxh", nspi.handle_t),
        ("pcmsPollsMax", ULONG),
        ("pcRetry", ULONG),
        ("pcmsRetryDelay", ULONG),
        ("picxr", USHORT),
        ("szDNPrefix", StringPointer),
        ("szDisplayName", StringPointer),
        ("rgwServerVersion", Words),
        ("rgwBestVersion", Words),
        ("pulTimeStamp", ULONG),
        ("rgbAuxOut", VaryingOctets),
        ("pcbAuxOut", ULONG),
        ("ErrorCode", ULONG),
    )


class EcDoRpcExt2(NDRCALL):
    opnum = 11
    structure = (
        ("pcxh", nspi.handle_t),
        ("pulFlags", ULONG),
        ("rgbIn", Octets),
        ("cbIn", ULONG),
        ("pcbOut", ULONG),
        ("rgbAuxIn", Octets),
        ("cbAuxIn", ULONG),
        ("pcbAuxOut", ULONG),
    )


class EcDoRpcExt2Response(NDRCALL):
    structure = (
        ("pcxh", nspi.handle_t),
        ("pulFlags", ULONG),
        ("rgbOut", VaryingOctets),
        ("pcbOut", ULONG),
        ("rgbAuxOut", VaryingOctets),
        ("pcbAuxOut", ULONG),
        ("pulTransTime", ULONG),
        ("ErrorCode", ULONG),
    )


class EcDoDisconnect(NDRCALL):
    opnum = 1
    structure = (("pcxh", nspi.handle_t),)


class EcDoDisconnectResponse(NDRCALL):
    structure = (("pcxh", nspi.handle_t), ("ErrorCode", ULONG))


def connect(question, interface):
    binding = "ncacn_http:%s[%d,RpcProxy=%s:%d]" % (
        question["server"],
        question["port"],
        question["target"],
        question["httpPort"],
    )
    rpc = transport.DCERPCTransportFactory(binding)
    rpc.set_credentials(question["user"], question["password"], question["domain"])
    rpc.set_auth_type(AUTH_BASIC if question["http"] == "basic" else AUTH_NTLM)
    dce = rpc.get_dce_rpc()
    if question["level"] is not None:
        dce.set_credentials(question["user"], question["rpcPassword"], question["domain"])
        dce.set_auth_level(LEVELS[question["level"]])
    dce.connect()
    dce.bind(interface)
    if question["fragment"] is not None:
        dce.set_max_fragment_size(question["fragment"])
    return dce


def value_of(value):
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, list):
        return [value_of(each) for each in value]
    return value if isinstance(value, (str, int, type(None))) else str(value)


def rows_of(rows):
    simple = nspi.simplifyPropertyRowSet(rows)
    return [{"%08x" % tag: value_of(value) for tag, value in row.items()} for row in simple]


def address_book(question):
    dce = connect(question, nspi.MSRPC_UUID_NSPI)
    handle = nspi.hNspiBind(dce)["contextHandle"]
    tags = [0x3001001F, 0x39FE001F, 0x3003001F]
    table = nspi.hNspiGetSpecialTable(dce, handle)
    resolved = nspi.hNspiResolveNamesW(dce, handle, pPropTags=tags, paStr=question["names"])
    listed = nspi.hNspiQueryRows(dce, handle, Count=50, pPropTags=tags)
    columns = nspi.hNspiQueryColumns(dce, handle)
    unbound = nspi.hNspiUnbind(dce, handle)
    dce.disconnect()
    return {
        "table": rows_of(table["ppRows"]),
        "mids": [each["Data"] for each in resolved["ppMIds"]["aulPropTag"]],
        "resolved": rows_of(resolved["ppRows"]),
        "listed": rows_of(listed["ppRows"]),
        "columns": len(columns["ppColumns"]["aulPropTag"]),
        "unbound": unbound["ErrorCode"],
    }


def referral(question):
    dce = connect(question, oxabref.MSRPC_UUID_OXABREF)
    server = oxabref.hRfrGetNewDSA(dce, question["dn"])["ppszServer"]
    name = oxabref.hRfrGetFQDNFromServerDN(dce, question["serverDn"])["ppszServerFQDN"]
    dce.disconnect()
    return {"server": server, "name": name}


def octets(array):
    return b"".join(array).hex() if isinstance(array, list) else array.hex()


def mailbox(question):
    dce = connect(question, EMSMDB)
    request = EcDoConnectEx()
    request["szUserDN"] = question["dn"] + "\0"
    request["ulFlags"] = 0
    request["ulConMod"] = 0x4711
    request["cbLimit"] = 0
    request["ulCpid"] = 0x4E4
    request["ulLcidString"] = request["ulLcidSort"] = 0x409
    request["ulIcxrLink"] = 0xFFFFFFFF
    request["usFCanConvertCodePages"] = 1
    for field, word in zip(("major", "build", "minor"), question["version"]):
        request["rgwClientVersion"][field] = word
    request["pulTimeStamp"] = 0
    request["rgbAuxIn"] = b""
    request["cbAuxIn"] = 0
    request["pcbAuxOut"] = 0x1008
    answer = dce.request(request, checkError=False)
    found = {"connect": answer["ErrorCode"], "name": answer["szDisplayName"]}
    if answer["ErrorCode"] == 0:
        call = EcDoRpcExt2()
        rops = bytes.fromhex(question["rops"])
        call["pcxh"] = answer["pcxh"]
        call["pulFlags"] = 3
        call["rgbIn"] = rops
        call["cbIn"] = len(rops)
        call["pcbOut"] = 0x8000
        call["rgbAuxIn"] = b""
        call["cbAuxIn"] = 0
        call["pcbAuxOut"] = 0x1008
        executed = dce.request(call, checkError=False)
        found["execute"] = executed["ErrorCode"]
        found["rgbOut"] = octets(executed["rgbOut"])
        last = EcDoDisconnect()
        last["pcxh"] = answer["pcxh"]
        found["disconnect"] = dce.request(last, checkError=False)["ErrorCode"]
    dce.disconnect()
    return found


question = json.load(sys.stdin)
ask = {"address book": address_book, "referral": referral, "mailbox": mailbox}[question["what"]]
try:
    print(json.dumps(ask(question)))
except Exception as error:  # whatever it is, the test wants to see it
    print(json.dumps({"error": str(error)}))
