"""Shares: a debate's time divided among groups, and how much of it each asked for or used."""

from r2psched.shares.allotment import Account, Accounts, Allotment, Share
from r2psched.shares.log import Membership, used
from r2psched.shares.rule import Shares, as_size
from r2psched.shares.tally import Tally, asked, tallied, without_share

__all__ = [
    "Account",
    "Accounts",
    "Allotment",
    "Membership",
    "Share",
    "Shares",
    "Tally",
    "as_size",
    "asked",
    "tallied",
    "used",
    "without_share",
]
