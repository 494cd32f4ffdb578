"""Listens to Mastodon.py: which of its methods were called, and whether what it made of the answers has the types
that it documents. The library itself passes on what does not fit as it came.
"""

import datetime
import functools
import inspect
import typing

from mastodon import Mastodon
from mastodon.types_base import AttribAccessDict, MaybeSnowflakeIdType

# Methods by their own names, and every complaint once.
called, complaints = set(), {}
_depth = 0


def methods():
    """The public methods of a client."""
    return {name for name, value in inspect.getmembers(Mastodon, callable) if not name.startswith("_")}


def listen():
    """From now on every call that a check makes is heard; not those that the library makes of itself."""
    for name in methods():
        found = inspect.getattr_static(Mastodon, name)
        kind = type(found) if isinstance(found, (staticmethod, classmethod)) else None
        heard = _heard(name, found.__func__ if kind else found)
        setattr(Mastodon, name, kind(heard) if kind else heard)


def _heard(name, function):
    @functools.wraps(function)
    def method(*words, **more):
        global _depth
        _depth += 1
        try:
            result = function(*words, **more)
        finally:
            _depth -= 1
            if _depth == 0:
                called.add(name)
        if _depth == 0:
            for what, seen in misfits(result, type(result).__name__):
                complaints.setdefault(what, f"{name}: {seen!r}")
        return result

    return method


def misfits(value, where):
    """What within a result is not of its documented type, as pairs (field, value)."""
    if isinstance(value, AttribAccessDict):
        name = type(value).__name__
        for field, wanted in _hints(type(value)).items():
            if field in value:
                seen = value[field]
                # The library puts None where nothing was sent; the schema says what must be.
                if seen is not None and not _fits(seen, wanted):
                    yield f"{name}.{field} is no {wanted}", seen
                yield from misfits(seen, f"{name}.{field}")
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from misfits(each, where)


@functools.cache
def _hints(entity):
    try:
        return {name: kind for name, kind in typing.get_type_hints(entity).items() if not name.startswith("_")}
    except (NameError, TypeError):
        # Without readable types there is nothing to compare with.
        return {}


def _fits(value, wanted):
    origin, arguments = typing.get_origin(wanted), typing.get_args(wanted)
    if wanted is typing.Any or isinstance(wanted, typing.TypeVar):
        return True
    if origin is typing.Union:
        return any(_fits(value, each) for each in arguments)
    kind = origin or wanted
    if kind is MaybeSnowflakeIdType:
        return isinstance(value, (str, int))
    if kind is float:
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if kind is datetime.datetime:
        return isinstance(value, datetime.datetime)
    if not isinstance(kind, type):
        return True
    if issubclass(kind, (list, tuple)):
        return isinstance(value, (list, tuple)) and all(_fits(each, arguments[0]) for each in value if arguments)
    if issubclass(kind, dict):
        return isinstance(value, dict)
    return isinstance(value, kind)
