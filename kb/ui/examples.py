"""The example questions per audience; each is a key of `strings.py`."""

from __future__ import annotations

AUDIENCES: dict[str, tuple[str, ...]] = {
    "audience_resident": ("example_ev_hall", "example_mailbox_lock", "example_bicycles", "example_camera_poster"),
    "audience_trainee": ("example_cp_part", "example_area_class", "example_thumbturn", "example_sightline"),
    "audience_staff": ("example_ev_hall_30", "example_mail_corner_40", "example_no_lock", "example_recording"),
}

TASKS: dict[str, str] = {"audience_trainee": "study", "audience_staff": "check"}
"""The page where an audience does its main task, besides asking."""
