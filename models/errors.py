"""The one exception tree: raised by services, turned into a French sentence by pages and into a problem by the API."""

from dataclasses import dataclass, field


class ProductError(Exception):
    """Base of the errors that a user can cause or meet."""


class NotAllowed(ProductError):
    """The acting account may not do this."""

    def __init__(self, action: str) -> None:
        super().__init__(f"not allowed: {action}")
        self.action = action


class NotFound(ProductError):
    """What was asked for does not exist, or not for this account."""


class Deleted(NotFound):
    """What was asked for lies in the bin: it may still be put back."""


class IllegalTransition(ProductError):
    """The state of the fiche does not permit this."""

    def __init__(self, current: str, wanted: str) -> None:
        super().__init__(f"illegal transition: {current} to {wanted}")
        self.current, self.wanted = current, wanted


@dataclass
class Incomplete(ProductError):
    """A proposal lacks something: `findings` are the blocking points (see `checks`), `unread` the paths of answers that
    could not be read (see `written`)."""

    findings: list[object] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


class Invalid(ProductError):
    """A value is refused. `code` names the sentence to show, `where` the field."""

    def __init__(self, code: str, where: str = "") -> None:
        super().__init__(f"{code} {where}".strip())
        self.code, self.where = code, where


class RoundClosed(ProductError):
    """The review round was decided meanwhile."""


class TooManyRequests(ProductError):
    """The same thing was asked too often; `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"too many requests, retry after {retry_after} s")
        self.retry_after = retry_after


class LayoutFailed(ProductError):
    """A piece could not be laid out. `reason` is "time", "memory", "crash" or "error"; it may be tried again."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"layout failed: {reason}")
        self.reason = reason
