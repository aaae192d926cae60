"""What every story needs: the server and the credential, from the environment."""

import os

URL = os.environ["ROSTER_URL"]
CLIENT_ID = os.environ["ROSTER_CLIENT_ID"]
SECRET = os.environ["ROSTER_CLIENT_SECRET"]
