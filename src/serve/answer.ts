/** An HTTP request, read to its end. */
export type Asked = {
  /** The address it came from. */
  readonly from: string;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
};

/** An HTTP answer; the body is JSON unless `type` says otherwise. */
export type Answer = {
  readonly status: number;
  readonly body: string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
};
