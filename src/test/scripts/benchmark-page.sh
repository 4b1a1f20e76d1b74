#!/bin/sh
# Measures the defaults of `credence evaluate` on the benchmark data and writes src/site/markdown/benchmarks.md.
#
#   mvn -q -DskipTests package
#   CREDENCE_DATA=DIR src/test/scripts/benchmark-page.sh
#
# DIR holds
#   uci/{concrete,kin8nm,power-plant,wine-quality-red}/   data.txt, index_features.txt, index_target.txt and
#                                                         index_train_i.txt, index_test_i.txt for i = 0 … 19
#   streams/{fried,elec2,bike_sharing_hour}.csv
#
# What is not there is left out; without DIR nothing happens. Optional variables:
#   SPLITS=20            splits of each UCI set
#   ABLATION_SPLITS=5    splits of each UCI set in the ablation; 0 leaves the ablation out
#   THREADS=1            splits that run side by side (events per second and wall time then share the processor)
#   RESULTS=DIR          where the --json output goes, target/benchmarks; a file that is there already is not measured
#                        again, so that an interrupted run continues (remove the directory for a fresh one)
set -eu

cd "$(dirname "$0")/../../.."
data=${CREDENCE_DATA:-}
# The service takes every CREDENCE_ variable for a setting.
unset CREDENCE_DATA
splits=${SPLITS:-20}
ablation=${ABLATION_SPLITS:-5}
threads=${THREADS:-1}
results=${RESULTS:-target/benchmarks}

if [ -z "$data" ] || [ ! -d "$data" ]; then
    echo "benchmark-page: skipped, CREDENCE_DATA names no directory with the benchmark data"
    exit 0
fi
if [ ! -f target/credence.jar ] || [ ! -d target/test-classes ]; then
    echo "benchmark-page: target/credence.jar or target/test-classes is missing, run: mvn -q -DskipTests package" >&2
    exit 1
fi
mkdir -p "$results"

# measure NAME FILE ARGUMENTS…: the output of one evaluation, kept in $results/NAME.jsonl
measure() {
    name=$1
    file=$2
    shift 2
    if [ ! -f "$file" ]; then
        echo "benchmark-page: $name skipped, there is no $file"
    elif [ -s "$results/$name.jsonl" ]; then
        echo "benchmark-page: $name is there already"
    else
        echo "benchmark-page: $name"
        java -Xmx2g -jar target/credence.jar evaluate --json --csv "$file" "$@" > "$results/$name.part"
        mv "$results/$name.part" "$results/$name.jsonl"
    fi
}

# uci NAME SET SPLITS ARGUMENTS…: one evaluation over the first splits of a UCI set
uci() {
    name=$1
    folder=$data/uci/$2
    count=$3
    shift 3
    i=0
    while [ "$i" -lt "$count" ]; do
        set -- "$@" --train-rows "$folder/index_train_$i.txt" --test-rows "$folder/index_test_$i.txt"
        i=$((i + 1))
    done
    if [ -f "$folder/index_target.txt" ]; then
        label=c$(tr -dc '0-9' < "$folder/index_target.txt")
        measure "$name" "$folder/data.txt" --no-header --label "$label" --set credence.hidden=50 \
            --threads "$threads" "$@"
    else
        echo "benchmark-page: $name skipped, there is no $folder/index_target.txt"
    fi
}

bike=season,yr,mnth,hr,holiday,weekday,workingday,weathersit,temp,atemp,hum,windspeed
sets="concrete kin8nm power-plant wine-quality-red"

for replay in with without; do
    off=
    [ "$replay" = with ] || off="--set credence.replay.events=0"
    for set in $sets; do
        # shellcheck disable=SC2086
        uci "uci.$set.$replay" "$set" "$splits" $off
    done
    # shellcheck disable=SC2086
    measure "stream.fried.$replay" "$data/streams/fried.csv" --label target --last 0.5 $off
    # shellcheck disable=SC2086
    measure "stream.elec2.$replay" "$data/streams/elec2.csv" --label class --task binary --last 0.5 $off
    # shellcheck disable=SC2086
    measure "stream.bike.$replay" "$data/streams/bike_sharing_hour.csv" --label cnt --features "$bike" --last 0.5 $off
done

if [ "$ablation" -gt 0 ]; then
    for estimator in local shared; do
        for rule in adam von; do
            for replay in with without; do
                off=
                [ "$replay" = with ] || off="--set credence.replay.events=0"
                for set in $sets; do
                    # shellcheck disable=SC2086
                    uci "ablation.$set.$estimator.$rule.$replay" "$set" "$ablation" \
                        --set "credence.elbo.estimator=$estimator" --set "credence.update.rule=$rule" $off
                done
            done
        done
    done
fi

# variant KEY SETTING: what one default is worth, on the UCI sets and on the streams
variant() {
    for set in $sets; do
        uci "ablation.$set.$1" "$set" "$ablation" --set "$2"
    done
    measure "variant.fried.$1" "$data/streams/fried.csv" --label target --set "$2"
    measure "variant.bike.$1" "$data/streams/bike_sharing_hour.csv" --label cnt --features "$bike" --last 0.5 --set "$2"
    measure "variant.elec2.$1" "$data/streams/elec2.csv" --label class --task binary --set "$2"
}

if [ "$ablation" -gt 0 ]; then
    variant plain credence.elbo.kl.weight=1
    variant iterate credence.update.average.horizon=1
    variant nodrift credence.drift=false
    variant stratified credence.replay.weighting=stratified
fi

page=src/site/markdown/benchmarks.md
java -cp target/test-classes:target/credence.jar io.credence.tool.evaluate.BenchmarkPage "$results" "$page"
echo "benchmark-page: wrote $page"
