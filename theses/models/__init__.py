from theses.models.stance import Stance, counted_stances
from theses.models.thesis import Thesis

__all__ = ["Stance", "Thesis", "counted_stances"]
