import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

export type ConnectProxy = {
  /** `http://127.0.0.1:3128` */
  readonly url: string;
  /** What was asked for, with the credentials that came with it. */
  readonly asked: readonly { readonly target: string; readonly authorization: string | undefined }[];
  close(): Promise<void>;
};

/**
 * A real HTTP proxy that knows CONNECT only, and connects every name to one port of this machine. `answer`: what it says
 * instead of connecting; 'silence' says nothing. `user`: name and password that it wants to see.
 */
export const connectProxy = async (
  port: number,
  options: { readonly user?: string; readonly answer?: string } = {},
): Promise<ConnectProxy> => {
  const asked: { target: string; authorization: string | undefined }[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  };
  const server = createServer((_, response) => response.writeHead(400).end('CONNECT only'));
  server.on('connection', keep);
  server.on('connect', (request, client: Socket) => {
    const authorization = request.headers['proxy-authorization'];
    asked.push({ target: request.url ?? '', authorization });
    if (options.answer !== undefined) {
      if (options.answer !== 'silence') client.end(options.answer);
      return;
    }
    const wanted = options.user && `Basic ${Buffer.from(options.user).toString('base64')}`;
    if (wanted && authorization !== wanted) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n');
      return;
    }
    const upstream = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    keep(upstream);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
