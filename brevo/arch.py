import re
p='/tmp/w/brevo/test/architecture.test.ts'
s=open(p).read()
pat=re.compile(r"<<<<<<< [^\n]*\n(.*?)=======\n(.*?)>>>>>>> [^\n]*\n", re.S)
s=pat.sub(lambda m:m.group(1),s)
# make sure our additions are there, on lines of their own
if "'sync', 'zoom-api', 'oauth'" not in s:
  s=re.sub(r"(  cli: \[\n)", r"\1    ...['sync', 'zoom-api', 'oauth'],\n", s, count=1)
if "'read-small-file.ts'" not in s:
  s=re.sub(r"(  config: \[\n    \.\.\.\['bytes)", r"  config: [\n    ...['read-small-file.ts'],\n    ...['bytes", s, count=1)
open(p,'w').write(s)
