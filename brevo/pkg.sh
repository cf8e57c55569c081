# resolve package conflicts during a rebase: main's plus our dependencies
set -e
git checkout main -- package.json package-lock.json
npm install -D valibot@1.5 yaml@2.9 p-throttle@8 @getbrevo/brevo@6 --no-audit --no-fund >/dev/null 2>&1
git add package.json package-lock.json
