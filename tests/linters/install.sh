#!/usr/bin/env bash
# Installs what judges scripts and workflows into the folder that is named, and fails where that is not possible.
#
#   tests/linters/install.sh FOLDER
set -euo pipefail
shopt -s inherit_errexit

folder=${1:?}
packages=(zizmor==1.32.0 check-jsonschema==0.39.0 pre-commit==4.7.0)
stamp=$folder/${packages[*]}
[ ! -e "$stamp" ] || exit 0
python3 -m venv --clear "$folder"
"$folder/bin/pip" install --quiet --disable-pip-version-check --only-binary :all: "${packages[@]}"
: >"$stamp"
