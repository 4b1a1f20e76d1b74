#!/bin/sh
# Measures what the page, the API and the meters of a service cost while somebody looks, beside the same service without them.
#
#   mvn -q -DskipTests package
#   src/test/scripts/page-cost.sh [PAIRS [EVENTS [LABELS]]]
set -eu
cd "$(dirname "$0")/../../.."
exec java -Xmx2g -cp target/test-classes:target/credence.jar io.credence.tool.benchmark.PageCost "$@"
