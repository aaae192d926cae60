"""What every story needs: the server and the credential, from the environment."""

import json
import os
import urllib.request

URL = os.environ["ROSTER_URL"]
CLIENT_ID = os.environ["ROSTER_CLIENT_ID"]
SECRET = os.environ["ROSTER_CLIENT_SECRET"]


def make_user() -> int:
    """Makes a user by Forms On Fire's dialect, for those that cannot. In a new directory its number is 1."""
    user = {"FirstName": "Ann", "LastName": "Lee", "Email": "ann@example.com"}
    body = json.dumps({"CompanyId": 1, "IntegrationKey": SECRET, **user}).encode()
    headers = {"Content-Type": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(f"{URL}/api/v2/user", body, headers)) as response:
        assert response.status == 200
    return 1
