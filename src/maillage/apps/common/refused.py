"""What a service answers to who has not the right to ask."""

from django.core.exceptions import PermissionDenied


class NotAllowed(PermissionDenied):
    """A person asked for an act that their roles do not allow; the message says which, in French."""

    def __init__(self, act: str) -> None:
        super().__init__(f"Vos rôles ne permettent pas de {act}. Demandez à qui gère les rôles de votre organisation.")
