"""What the detector is measured against: the rules and methods people use today, behind the detector's own words."""

from models.baselines.isolation_forest import IsolationForestRows
from models.baselines.rolling_day import RollingDay
from models.baselines.seasonal_mad import SeasonalMad
from models.baselines.week_over_week import WeekOverWeek
from models.baselines.z_score import ZScore

__all__ = ["IsolationForestRows", "RollingDay", "SeasonalMad", "WeekOverWeek", "ZScore"]
