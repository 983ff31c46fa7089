"""Inviting: who should have which calendar entry, and what brings everybody up to date."""

from r2psched.inviting.answering import Reply
from r2psched.inviting.matching import judge, judge_all
from r2psched.inviting.messages import Kept, Message, Updates
from r2psched.inviting.recipients import Recipient, Wanted, wanted
from r2psched.inviting.sent import Answer, Past, Sent
from r2psched.inviting.updates import updates
from r2psched.inviting.verdicts import Change, Verdict

__all__ = [
    "Answer",
    "Change",
    "Kept",
    "Message",
    "Past",
    "Recipient",
    "Reply",
    "Sent",
    "Updates",
    "Verdict",
    "Wanted",
    "judge",
    "judge_all",
    "updates",
    "wanted",
]
