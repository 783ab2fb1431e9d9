"""What a message asks for by the model of intents alone, weighed once for every reader that wants to know."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from bot.language.intents_features import JUST_NOW, Reading, features
from bot.language.intents_model import load_model


@lru_cache(maxsize=JUST_NOW)
def weighed(reading: Reading) -> Mapping[str, float]:
    """The chance of each intent, urgency apart, before rules and known phrases; they add up to one."""
    return MappingProxyType(load_model("intents_model").probabilities(features(reading)))
