/** Entry of the command line. */
import { enableCompileCache } from 'node:module';
import { exit, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';

// Taking the types out of the program anew takes longer than most of what it does; where the folder cannot be written, it is done.
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/throughline', import.meta.url)));
// Whoever reads our output may stop reading: `| head` is no mistake of ours, nor of theirs.
stdout.on('error', (error: NodeJS.ErrnoException) => exit(error.code === 'EPIPE' ? 0 : 3));
const { main } = await import('./program.ts');
exit(await main(process.argv.slice(2)));
