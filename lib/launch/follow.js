// @ts-check

// Loaded into a child before its own program: it must not outlive the launcher, whatever ended that.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
