/** What Next runs once when the server starts. */
export async function register(): Promise<void> {
  // The other runtime has neither processes nor files; it must not even see the module.
  if (process.env.NEXT_RUNTIME === 'nodejs') await (await import('./instrumentation-node.ts')).start();
}
