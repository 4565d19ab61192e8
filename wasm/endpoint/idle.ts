/**
 * Ends connections on which nothing has moved for a while: between requests, in the middle of
 * one, or while an answer waits to be read. Node's own time-outs would set two timers for each
 * request; here a look at every connection now and then costs a request nothing.
 */
import type { Server, Socket } from 'node:net';

/** Looks in the time after which a connection is idle; one may stay that much longer. */
const LOOKS = 4;

interface Watched {
  bytes: number;
  /** Looks in a row at which `bytes` was the same. */
  unmoved: number;
}

export function endIdleConnections(server: Server, idleMillis: number): void {
  const watched = new Map<Socket, Watched>();
  server.on('connection', (socket: Socket) => {
    watched.set(socket, { bytes: 0, unmoved: 0 });
    socket.once('close', () => watched.delete(socket));
  });
  const look = () => {
    for (const [socket, last] of watched) {
      const bytes = socket.bytesRead + socket.bytesWritten;
      if (bytes !== last.bytes) {
        last.bytes = bytes;
        last.unmoved = 0;
      } else if (++last.unmoved >= LOOKS) {
        socket.destroy();
      }
    }
  };
  setInterval(look, idleMillis / LOOKS).unref();
}
