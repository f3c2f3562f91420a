"""Reads an Autodiscover answer with exchangelib and prints what it found there as JSON. Argument: pox or soap."""

import json
import sys

from exchangelib.autodiscover.properties import Autodiscover, Protocol
from exchangelib.properties import EWSElement, UserResponse
from exchangelib.util import ANS, to_xml


def name_of(field):
    return getattr(field, "field_uri", None) or field.value_cls.ELEMENT_NAME


def dump(element, before=""):
    """Values by the path of their elements, as far as there are any."""
    values = {}
    for field in element.FIELDS:
        value = getattr(element, field.name)
        if isinstance(value, EWSElement):
            values.update(dump(value, before + name_of(field) + "/"))
        elif value is not None and not isinstance(value, list):
            values[before + name_of(field)] = value if isinstance(value, (bool, int)) else str(value)
    return values


def read_pox(content):
    answer = Autodiscover.from_bytes(content)
    failure = answer.error_response
    if failure is not None:
        return {"error": dump(failure.error)}
    account = answer.response.account
    defaults = {name_of(field): field.default for field in Protocol.FIELDS if field.default is not None}
    return {
        "user": dump(answer.response.user),
        "account": dump(account),
        "protocols": [dump(protocol) for protocol in account.protocols],
        "defaults": defaults,
    }


def read_soap(content):
    response = UserResponse.from_xml(to_xml(content).find(f".//{{{ANS}}}UserResponse"), account=None)
    settings = {UserResponse.SETTINGS_MAP[name]: value for name, value in (response.user_settings or {}).items()}
    errors = [UserResponse.SETTINGS_MAP[name] for name in response.user_settings_errors or {}]
    return {"settings": settings, "errors": errors, "code": response.error_code, "address": response.redirect_address}


read = {"pox": read_pox, "soap": read_soap}[sys.argv[1]]
json.dump(read(sys.stdin.buffer.read()), sys.stdout)
