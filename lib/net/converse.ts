/** A conversation in hand-made bytes: says them once, and listens. For protocols that no library of today speaks any more. */
import type { Dialed } from './dialer.ts';
import { errorCode } from './failure.ts';
import { limits } from './limits.ts';

/**
 * How it ended: the listener had heard enough; the peer closed, or cut the connection; nothing came in time; more came than the
 * limit allows; the run was stopped.
 */
export type Ending = 'enough' | 'closed' | 'reset' | 'silence' | 'too-much' | 'cancelled';

/** Takes the next piece of what the peer says, and tells whether that is enough. */
export type Listener = (piece: Uint8Array) => boolean;

/**
 * Sends the words and hands every piece of the answer to the listener. The connection is used up afterwards.
 * @throws whatever the listener throws
 */
export function converse(dialed: Dialed, words: Uint8Array, hear: Listener, signal: AbortSignal): Promise<Ending> {
  const { socket } = dialed;
  const { promise, resolve, reject } = Promise.withResolvers<Ending>();
  const end = (ending: Ending): void => {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    socket.off('data', onData);
    socket.destroy();
    resolve(ending);
  };
  const onAbort = (): void => end('cancelled');
  const timer = setTimeout(() => end('silence'), limits.surveyMs);
  const onData = (piece: Uint8Array): void => {
    try {
      if (hear(piece)) end('enough');
      else if (socket.bytesRead > limits.conversationBytes) end('too-much');
    } catch (error) {
      reject(error);
      end('enough');
    }
  };
  if (signal.aborted || socket.destroyed) {
    end(signal.aborted ? 'cancelled' : 'reset');
    return promise;
  }
  signal.addEventListener('abort', onAbort, { once: true });
  socket.on('data', onData);
  socket.once('end', () => end('closed'));
  socket.once('close', () => end('reset'));
  // The dialer's own listener stays for good; this one only gives the cause its name.
  socket.once('error', (error) => end(errorCode(error) === 'ETIMEDOUT' ? 'silence' : 'reset'));
  socket.write(words);
  return promise;
}
