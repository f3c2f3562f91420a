"""Writes calls of the address book, the referral, the mailbox and the endpoint mapper with impacket's NDR, and reads what we wrote."""

import json
import sys

from impacket.dcerpc.v5 import epm, nspi, oxabref
from impacket.dcerpc.v5.dtypes import DWORD, NULL, STR, ULONG, USHORT
from impacket.dcerpc.v5.ndr import NDRCALL, NDRUniConformantArray, NDRUniConformantVaryingArray

asked = json.load(sys.stdin)
HANDLE = bytes.fromhex(asked["handle"])
DN = asked["dn"] + "\0"
NAMES = [name + "\0" for name in asked["names"]]
TAGS = asked["tags"]
ROPS = bytes.fromhex(asked["rops"])


# Two requests of impacket's own have a pointer too many in front of STAT.
class GetSpecialTable(NDRCALL):
    structure = (("hRpc", nspi.handle_t), ("dwFlags", DWORD), ("pStat", nspi.STAT), ("lpVersion", DWORD))


class GetProps(NDRCALL):
    structure = (
        ("hRpc", nspi.handle_t),
        ("dwFlags", DWORD),
        ("pStat", nspi.STAT),
        ("pPropTags", nspi.PPropertyTagArray_r),
    )


# One reply ends before the status.
class GetNewDsaResponse(NDRCALL):
    structure = (*oxabref.RfrGetNewDSAResponse.structure, ("status", ULONG))


# The mailbox is not in impacket. [MS-OXCRPC] 6
class Octets(NDRUniConformantArray):
    item = "c"


class SomeOctets(NDRUniConformantVaryingArray):
    item = "c"


class EcDoConnectEx(NDRCALL):
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
        ("version0", USHORT),
        ("version1", USHORT),
        ("version2", USHORT),
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
        ("szDNPrefix", oxabref.PUCHAR_ARRAY),
        ("szDisplayName", oxabref.PUCHAR_ARRAY),
        ("server0", USHORT),
        ("server1", USHORT),
        ("server2", USHORT),
        ("best0", USHORT),
        ("best1", USHORT),
        ("best2", USHORT),
        ("pulTimeStamp", ULONG),
        ("rgbAuxOut", SomeOctets),
        ("pcbAuxOut", ULONG),
        ("status", ULONG),
    )


class EcDoRpcExt2(NDRCALL):
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
        ("rgbOut", SomeOctets),
        ("pcbOut", ULONG),
        ("rgbAuxOut", SomeOctets),
        ("pcbAuxOut", ULONG),
        ("pulTransTime", ULONG),
        ("status", ULONG),
    )


def filled(call, **values):
    for name, value in values.items():
        call[name] = value
    return call


def with_stat(call, current=0):
    stat = call["pStat"]
    stat["CodePage"], stat["TemplateLocale"], stat["SortLocale"], stat["CurrentRec"] = 0x4E4, 0x409, 0x409, current
    return call


def with_handle(call, name="hRpc"):
    call[name].fromString(HANDLE)
    return call


def tags_into(pointer, tags):
    """One more than there are is what the array has room for."""
    array = pointer["aulPropTag"]
    pointer["cValues"] = len(tags)
    for tag in tags:
        item = DWORD()
        item["Data"] = tag
        array.append(item)
    pointer.fields["aulPropTag"].fields["MaximumCount"] = len(tags) + 1


def strings_into(array, kind, texts):
    array["Count"] = len(texts)
    for text in texts:
        item = kind()
        item["Data"] = text
        array["Strings"].append(item)


def nspi_bind():
    call = with_stat(nspi.NspiBind())
    call["pServerGuid"] = bytes(16)
    return call


def query_rows():
    call = with_stat(with_handle(filled(nspi.NspiQueryRows(), dwFlags=1, dwETableCount=2, Count=50)))
    for mid in (0x10, 0x11):
        item = DWORD()
        item["Data"] = mid
        call["lpETable"].append(item)
    tags_into(call["pPropTags"], TAGS)
    return call


def get_props():
    call = with_stat(with_handle(GetProps()), current=0x11)
    tags_into(call["pPropTags"], TAGS)
    return call


def resolve_names():
    call = with_stat(with_handle(nspi.NspiResolveNamesW()))
    tags_into(call["pPropTags"], TAGS)
    strings_into(call["paStr"], nspi.LPWSTR, NAMES)
    return call


def dn_to_mid():
    call = with_handle(nspi.NspiDNToMId())
    strings_into(call["pNames"], nspi.LPSTR, [DN, DN])
    return call


def new_dsa():
    call = filled(oxabref.RfrGetNewDSA(), pUserDN=DN, ppszUnused=NULL)
    call["ppszServer"] = "\0"
    return call


def connect():
    return filled(
        EcDoConnectEx(),
        szUserDN=DN,
        ulConMod=0x1234,
        ulCpid=0x4E4,
        ulLcidString=0x409,
        ulLcidSort=0x409,
        ulIcxrLink=0xFFFFFFFF,
        usFCanConvertCodePages=1,
        version0=0x0F00,
        version1=0x92CF,
        version2=0x03EA,
        rgbAuxIn=b"",
        pcbAuxOut=0x1008,
    )


def rpc():
    buffer = b"\0\0\4\0" + len(ROPS).to_bytes(2, "little") * 2 + ROPS
    call = with_handle(EcDoRpcExt2(), "pcxh")
    return filled(call, pulFlags=3, rgbIn=buffer, cbIn=len(buffer), pcbOut=0x8000, rgbAuxIn=b"", pcbAuxOut=0x1008)


def ept_map():
    interface = epm.EPMRPCInterface()
    interface["InterfaceUUID"], interface["MajorVersion"], interface["MinorVersion"] = nspi.MSRPC_UUID_NSPI[:16], 56, 0
    syntax = epm.EPMRPCDataRepresentation()
    ndr = epm.uuidtup_to_bin(("8a885d04-1ceb-11c9-9fe8-08002b104860", "2.0"))
    syntax["DataRepUuid"], syntax["MajorVersion"], syntax["MinorVersion"] = ndr[:16], 2, 0
    protocol = epm.EPMProtocolIdentifier()
    protocol["ProtIdentifier"] = epm.FLOOR_RPCV5_IDENTIFIER
    port = epm.EPMPortAddr()
    port["PortIdentifier"], port["IpPort"] = epm.FLOOR_HTTP_IDENTIFIER, 0
    host = epm.EPMHostAddr()
    host["Ip4addr"] = bytes(4)
    tower = epm.EPMTower()
    tower["NumberOfFloors"] = 5
    tower["Floors"] = b"".join(floor.getData() for floor in (interface, syntax, protocol, port, host))
    call = filled(epm.ept_map(), max_towers=4)
    call["obj"] = bytes(16)
    call["map_tower"]["tower_length"] = len(tower)
    call["map_tower"]["tower_octet_string"] = tower.getData()
    call.fields["obj"].fields["ReferentID"] = 1
    call.fields["map_tower"].fields["ReferentID"] = 2
    return call


REQUESTS = {
    "nspiBind": nspi_bind,
    "nspiUnbind": lambda: with_handle(nspi.NspiUnbind(), "contextHandle"),
    "nspiGetSpecialTable": lambda: with_stat(with_handle(filled(GetSpecialTable(), dwFlags=4, lpVersion=7))),
    "nspiQueryColumns": lambda: with_handle(filled(nspi.NspiQueryColumns(), dwFlags=0x80000000)),
    "nspiQueryRows": query_rows,
    "nspiGetProps": get_props,
    "nspiDnToMId": dn_to_mid,
    "nspiResolveNamesW": resolve_names,
    "rfrGetNewDsa": new_dsa,
    "rfrGetFqdn": lambda: filled(
        oxabref.RfrGetFQDNFromServerDN(), cbMailboxServerDN=len(DN), szMailboxServerDN=DN
    ),
    "connectEx": connect,
    "rpcExt2": rpc,
    "eptMap": ept_map,
}

REPLIES = {
    "specialTable": nspi.NspiGetSpecialTableResponse,
    "hierarchy": nspi.NspiGetSpecialTableResponse,
    "properties": nspi.NspiGetPropsResponse,
    "queryRows": nspi.NspiQueryRowsResponse,
    "mids": nspi.NspiDNToMIdResponse,
    "resolved": nspi.NspiResolveNamesWResponse,
    "bind": nspi.NspiBindResponse,
    "newDsa": GetNewDsaResponse,
    "fqdn": oxabref.RfrGetFQDNFromServerDNResponse,
    "connect": EcDoConnectExResponse,
    "refused": EcDoConnectExResponse,
    "connectPlain": EcDoConnectExResponse,
    "logon": EcDoRpcExt2Response,
    "disconnect": nspi.NspiUnbindResponse,
    "towers": epm.ept_mapResponse,
}


def plain(value):
    """Everything that was read, in its order: numbers, and octets as text."""
    if hasattr(value, "fields"):
        return [part for name, each in value.fields.items() if name != "ReferentID" for part in plain(each)]
    if isinstance(value, list) and value and all(isinstance(each, bytes) for each in value):
        value = b"".join(value)
    if isinstance(value, list):
        return [part for each in value for part in plain(each)]
    return [value.decode("latin-1") if isinstance(value, bytes) else value]


def read_and_written(kind, stub):
    call = kind()
    call.fromString(stub)
    return call.getData()


json.dump(
    {
        "requests": {name: make().getData().hex() for name, make in REQUESTS.items()},
        "again": {
            name: read_and_written(type(REQUESTS[name]()), bytes.fromhex(stub)).hex()
            for name, stub in asked["requests"].items()
        },
        "replies": {name: plain(REPLIES[name](bytes.fromhex(stub))) for name, stub in asked["replies"].items()},
    },
    sys.stdout,
)
