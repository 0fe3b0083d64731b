from theses.models.stance import Stance, stance_count
from theses.models.thesis import Thesis

__all__ = ["Stance", "Thesis", "stance_count"]
