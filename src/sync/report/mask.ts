/** `ada@example.com` → `a***@example.com`. */
export const maskEmail = (email: string): string => {
  const at = email.lastIndexOf('@');
  return at < 1 ? '***' : `${[...email][0]}***${email.slice(at)}`;
};

/** Addresses in a text that came from elsewhere, masked. */
export const maskEmails = (text: string): string =>
  text.replace(/[^\s"'<>(),;:=[\]{}]+@[^\s"'<>(),;:=[\]{}]+/g, (address) => maskEmail(address));
