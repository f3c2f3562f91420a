"""Takes a sign-in apart with impacket, computes it again from the password, and prints all of it as JSON."""

import json
import struct
import sys

from Cryptodome.Cipher import ARC4
from impacket import ntlm, spnego

sign_in = json.load(sys.stdin)
first, challenge, last = (bytes.fromhex(sign_in[name]) for name in ("first", "challenge", "last"))
user, password, domain = (sign_in[name] for name in ("user", "password", "domain"))
plaintexts = [bytes.fromhex(text) for text in sign_in["plaintexts"]]


def unwrapped(token):
    """What is inside of SPNEGO, with the mechanisms that the first token offers."""
    if token[:1] == b"\x60":
        init = spnego.SPNEGO_NegTokenInit(token)
        return init["MechToken"], [mech.hex() for mech in init["MechTypes"]]
    if token[:1] == b"\xa1":
        return spnego.SPNEGO_NegTokenResp(token)["ResponseToken"], []
    return token, []


type1, mechanisms = unwrapped(first)
type3, _ = unwrapped(last)
negotiate = ntlm.NTLMAuthNegotiate()
negotiate.fromString(type1)
asked = ntlm.NTLMAuthChallenge(challenge)
authenticate = ntlm.NTLMAuthChallengeResponse()
authenticate.fromString(type3)
flags = authenticate["flags"]
response = authenticate["ntlm"]
pairs = ntlm.AV_PAIRS(response[16 + 28 :])

key = ntlm.NTOWFv2(user, password, domain)
proof = ntlm.hmac_md5(key, asked["challenge"] + response[16:])
base_key = ntlm.hmac_md5(key, proof)
encrypted = authenticate["session_key"]
session_key = ARC4.new(base_key).decrypt(encrypted) if encrypted else base_key
mic_at = 72
without_mic = type3[:mic_at] + bytes(16) + type3[mic_at + 16 :]
mic = ntlm.hmac_md5(session_key, type1 + challenge + without_mic)

sign_key = ntlm.SIGNKEY(flags, session_key)
seal_key = ntlm.SEALKEY(flags, session_key)
stream = ARC4.new(seal_key).encrypt
sealed = [
    [part.hex() if isinstance(part, bytes) else part.getData().hex() for part in ntlm.SEAL(flags, sign_key, seal_key, text, text, number, stream)]
    for number, text in enumerate(plaintexts)
]

json.dump(
    {
        "flags": [negotiate["flags"], flags],
        "mechanisms": mechanisms,
        "user": authenticate["user_name"].decode("utf-16le"),
        "domain": authenticate["domain_name"].decode("utf-16le"),
        "workstation": authenticate["host_name"].decode("utf-16le"),
        "pairs": {str(number): value.hex() for number, (_, value) in pairs.fields.items() if number},
        "time": struct.unpack("<Q", response[24:32])[0] // 10_000_000,
        "sentProof": response[:16].hex(),
        "proof": proof.hex(),
        "lm": ntlm.hmac_md5(key, asked["challenge"] + response[32:40]).hex(),
        "mic": mic.hex(),
        "sealed": sealed,
    },
    sys.stdout,
)
