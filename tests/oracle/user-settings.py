"""GetUserSettings as exchangelib has it: prints its request for an address, or what it reads in an answer, as JSON."""

import json
import sys
from types import SimpleNamespace

from exchangelib.services import GetUserSettings
from exchangelib.version import EXCHANGE_2016, Version

WANTED = ["user_display_name", "external_ews_url", "mapi_http_enabled", "auto_discover_smtp_address"]

ENDPOINT = "https://mail.example.test/autodiscover/autodiscover.svc"
service = GetUserSettings(protocol=SimpleNamespace(service_endpoint=ENDPOINT, version=Version(EXCHANGE_2016), credentials=None))
if len(sys.argv) > 1:
    payload = service.get_payload(users=[sys.argv[1]], settings=WANTED)
    sys.stdout.buffer.write(service.wrap(payload, api_version="Exchange2013_SP1"))
else:
    (response,) = service.parse(sys.stdin.buffer.read())
    found = {name: str(value) for name, value in response.user_settings.items()}
    json.dump({"error": response.error_code, "redirect": response.redirect_address, "found": found}, sys.stdout)
