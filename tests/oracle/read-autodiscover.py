"""Reads an Autodiscover answer with exchangelib and prints what it found there as JSON."""

import json
import sys

from exchangelib.autodiscover.properties import Autodiscover

answer = Autodiscover.from_bytes(sys.stdin.buffer.read())
failure = answer.error_response
if failure is not None:
    error = {"code": failure.error.code, "message": failure.error.message}
    json.dump({"error": error}, sys.stdout)
else:
    response = answer.response
    protocols = [
        {
            "type": protocol.type,
            "Server": protocol.server,
            "EwsUrl": protocol.ews_url,
            "ASUrl": protocol.as_url,
            "AuthPackage": protocol.auth_package,
            "SSL": protocol.ssl,
        }
        for protocol in response.account.protocols
    ]
    user = {"displayName": response.user.display_name, "address": response.user.autodiscover_smtp_address}
    json.dump({"user": user, "protocols": protocols}, sys.stdout)
