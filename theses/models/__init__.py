from theses.models.stance import Stance
from theses.models.thesis import Thesis

__all__ = ["Stance", "Thesis"]
