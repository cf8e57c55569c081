import type { Secret } from '../secret.ts';

export type Grant = 'account_credentials' | 'client_credentials';

/** How a token is had: asked for with the app's credentials, or given. */
export type Credentials = AppCredentials | { readonly kind: 'token'; readonly token: Secret; readonly place: string };

export type AppCredentials = {
  readonly kind: 'app';
  readonly grant: 'auto' | Grant;
  readonly accountId: string | undefined;
  readonly clientId: string;
  readonly clientSecret: Secret;
  /** Where the secret came from, for the message of a refusal. */
  readonly place: string;
};
