"""Where allauth looks for the identity providers of this application."""

from maillage.web.comptes.identite.provider import IdentityProvider

provider_classes = [IdentityProvider]
