"""Where to ask a network for an export that Demur can read (sources: the networks' help pages of 2024 to 2026)."""

from __future__ import annotations

from demur.core.accounts import Network

_META = "Accounts Center → Your information and permissions → Export your information → Export to device: choose JSON"
_WHERE = {
    Network.FACEBOOK: _META,
    Network.INSTAGRAM: _META,
    Network.THREADS: _META + ", and the Instagram profile",
    Network.X: "Settings and privacy → Your account → Download an archive of your data",
    Network.LINKEDIN: "Settings & Privacy → Data privacy → Get a copy of your data: the larger archive",
    Network.TIKTOK: "Settings and privacy → Account → Download your data: all data, and JSON",
    Network.SNAPCHAT: "Settings → Account Actions → My Data: include JSON files",
    Network.MASTODON: "Preferences → Import and export → Data export: request your archive",
    Network.BLUESKY: "Settings → Account → Export my data",
}


def how_to_ask(network: Network | None) -> str:
    """One sentence on where to ask for the same in a form that is read."""
    where = _WHERE.get(network) if network is not None else None
    return f"Ask for it here: {where}." if where else "Ask the network for the same export in JSON."
