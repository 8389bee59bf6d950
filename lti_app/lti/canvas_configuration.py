"""The tool's configuration as JSON for a developer key in Canvas ("LTI key", method "Enter URL" or "Paste JSON")."""

from typing import Any
from urllib.parse import urlsplit

from lti_app.lti.registration_request import CUSTOM, DEEP_LINKING, DESCRIPTION, SCOPES, TOOL_NAME

# In an assignment, as its submission type; in a module, as an item.
PLACEMENTS = ("assignment_selection", "link_selection")


def canvas_configuration(*, login_url: str, target_link_uri: str, jwks_url: str, logo_url: str) -> dict[str, Any]:
    """Return the configuration, as Canvas's "LTI 1.3 JSON configuration" has it."""
    return {
        "title": TOOL_NAME,
        "description": DESCRIPTION,
        "oidc_initiation_url": login_url,
        "target_link_uri": target_link_uri,
        "public_jwk_url": jwks_url,
        "scopes": list(SCOPES),
        "custom_fields": CUSTOM,
        "extensions": [
            {
                "platform": "canvas.instructure.com",
                "domain": urlsplit(target_link_uri).hostname,
                "tool_id": "quizferry",
                "privacy_level": "public",
                "settings": {
                    "text": TOOL_NAME,
                    "icon_url": logo_url,
                    "placements": [_placement(name, target_link_uri) for name in PLACEMENTS],
                },
            }
        ],
    }


def _placement(name: str, target_link_uri: str) -> dict[str, Any]:
    return {
        "placement": name,
        "message_type": DEEP_LINKING,
        "target_link_uri": target_link_uri,
        "text": f"{TOOL_NAME} quiz",
        "selection_width": 900,
        "selection_height": 700,
    }
