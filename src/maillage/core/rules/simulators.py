"""Every simulator that stands on the shared kit, by code. That of the ACI of the MSP has an engine of its own."""

from maillage.core.rules.aci_cpts.situation import SIMULATOR as ACI_CPTS
from maillage.core.rules.aides.situation import SIMULATOR as AIDES
from maillage.core.rules.cds.situation import SIMULATOR as CDS
from maillage.core.rules.esp.situation import SIMULATOR as ESP
from maillage.core.rules.ess.situation import SIMULATOR as ESS
from maillage.core.rules.immobilier.situation import SIMULATOR as IMMOBILIER
from maillage.core.rules.simulation.situation import SimulatorSpec
from maillage.core.rules.telesante.situation import SIMULATOR as TELESANTE

SIMULATORS: dict[str, SimulatorSpec] = {
    simulator.code: simulator for simulator in (ACI_CPTS, CDS, ESS, ESP, AIDES, IMMOBILIER, TELESANTE)
}
