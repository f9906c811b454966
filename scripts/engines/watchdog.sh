# Ends what it was told of when its standard input ends: that is the end of its parent, however it came.
#   + PID   it has started      - PID   it has ended      / FOLDER   remove this too
pids=' '
folders=
while IFS= read -r line; do
  what=${line#??}
  case $line in
    '+ '*) pids="$pids$what " ;;
    '- '*) case $pids in *" $what "*) pids="${pids%% "$what" *} ${pids#* "$what" }" ;; esac ;;
    '/ '*) folders="$folders$what
" ;;
  esac
done
# shellcheck disable=SC2086
kill -9 $pids 2>/dev/null
printf '%s' "$folders" | while IFS= read -r folder; do rm -rf -- "$folder"; done
