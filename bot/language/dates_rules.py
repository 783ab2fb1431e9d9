"""All the phrases that the reader of dates knows, module by module."""

from __future__ import annotations

from bot.language import (
    dates_clock,
    dates_counted,
    dates_edges,
    dates_elapsed,
    dates_feasts,
    dates_figures,
    dates_hours,
    dates_months,
    dates_named,
    dates_noise,
    dates_nth,
    dates_ranges,
    dates_recurring,
    dates_relative,
    dates_weekdays,
    dates_weeks,
)
from bot.language.dates_parts import Rule

RULES: tuple[Rule, ...] = (
    *dates_named.RULES,
    *dates_figures.RULES,
    *dates_nth.RULES,
    *dates_ranges.RULES,
    *dates_relative.RULES,
    *dates_weekdays.RULES,
    *dates_counted.RULES,
    *dates_elapsed.RULES,
    *dates_feasts.RULES,
    *dates_weeks.RULES,
    *dates_months.RULES,
    *dates_edges.RULES,
    *dates_clock.RULES,
    *dates_hours.RULES,
    *dates_recurring.RULES,
    *dates_noise.RULES,
)
