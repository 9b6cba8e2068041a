// Parses docs/asyncapi.yaml, or the file that is named, with AsyncAPI's reference parser. Exit code 1 on an error.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Parser } from '@asyncapi/parser';

const errorSeverity = 0;
const file = process.argv[2] ? resolve(process.argv[2]) : fileURLToPath(new URL('../../docs/asyncapi.yaml', import.meta.url));
const { document, diagnostics } = await new Parser().parse(await readFile(file, 'utf8'), { source: file });

for (const { severity, code, message, path, range } of diagnostics) {
  const kind = severity === errorSeverity ? 'error' : 'warning';
  console.log(`${file}(${range.start.line + 1},${range.start.character + 1}): ${kind} ${code}: ${message} [${path.join('.')}]`);
}

if (!document || diagnostics.some(({ severity }) => severity === errorSeverity)) {
  process.exit(1);
}

const count = collection => collection.all().length;
const [channels, messages, operations] = [document.channels(), document.messages(), document.operations()].map(count);
console.log(`${file}: ${channels} channels, ${messages} messages, ${operations} operations.`);
