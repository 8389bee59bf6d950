"""QTI 2.2: a package with one test and its items, valid against the latest schemas (2.2.4)."""

from content.quiz import Quiz
from qti_export.qti import package
from qti_export.qti.dialect import Dialect
from qti_export.report import Exported

DIALECT = Dialect(
    target="qti22",
    label="QTI 2.2",
    namespace="http://www.imsglobal.org/xsd/imsqti_v2p2",
    location="https://purl.imsglobal.org/spec/qti/v2p2/schema/xsd/imsqti_v2p2p4.xsd",
    manifest_namespace="http://www.imsglobal.org/xsd/imscp_v1p1",
    schema="QTIv2.2 Package",
    schema_version="1.0.0",
    suffix="xmlv2p2",
)


def export(quiz: Quiz) -> Exported:
    """Return the package of a checked quiz that has all its ids; see `package.export`."""
    return package.export(quiz, DIALECT)
