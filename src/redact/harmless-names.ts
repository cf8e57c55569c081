/** The last word of names that say what they hold: an id, a time, a type, a state or a number. */
const LAST_WORDS = `
  ids? uuids? guid jids? sid
  [a-z]*times? dates? date_created timestamps? time_stamp ts at tz start end expiry day days week month year position
  types? kind category mode method format format_attr level scope unit languages? locale currency regions? resolution
  file_extension countries country country_code country_iso_code country_label iso_code error_code status_code
  status state presence reason result outcome action operation direction roles? option option_type view_option
  counts? size total length limit capacity max min index sequence seq percent percentage ratio rate score quota duration
  duration_in_second duration_ms period interval range volume storage used exceed employees why module success`;

/** Documented settings, each of few words, whose names do not say so. */
const SETTINGS = `
  add_external_users add_new_channels add_new_members audio auto_recording concurrent_meeting creation_source
  calle[er]_number_source content_rating custom_languages deliver_to emoji entry_exit_chime external_chat
  (allow|default)_[a-z_]*_chat_with file_restrictions_apply_to file_type_restrictions(_for_external)? free_storage issues
  large_meeting link_source live_streaming_service locked_by meeting_reactions_emojis notification_when_archiving_starts
  os participants_share_simultaneously play_beep_member play_voice_prompt_when_archiving_starts pmi post_platform
  pstn_password_protected recommended_(dis|en)able_settings recording_calls recording_(start|end) router service source
  require_password_for_pmi_meetings retention_period_of_[a-z_]* time_unit tsp_bridge use_cdn weekly_days
  who_can_share_screen(_when_someone_is_sharing)? product media attribute`;

const oneOf = (words: string): string => words.trim().split(/\s+/).join('|');

const HARMLESS = new RegExp(`(?:^|_)(?:${oneOf(LAST_WORDS)})$|^(?:${oneOf(SETTINGS)})$`);

/** Whether a name (`snake_case`) says that its field holds an id, a time, a type, a state or a number. */
export const isHarmless = (name: string): boolean => HARMLESS.test(name);

/** Words that every program has for a state; a name of a person is none of them. */
const STATES = new Set(
  `true false yes no on off none null unknown default all any enabled disabled active inactive pending approved denied
  started stopped ended paused resumed completed failed success error ok online offline open closed allowed blocked
  inbound outbound internal external public private`.split(/\s+/),
);

const TIME = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?$|^\d\d:\d\d(?::\d\d)?$/;
/** With seven digits it may be a phone number. */
const NUMBER = /^-?\d{1,6}(?:\.\d{1,6})?$/;
/** RFC 9562, and Zoom's own: 16 bytes in base64. */
const UUID = /^(?:[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}|[\w+/-]{22}==)$/i;

/** Whether a value's form alone shows that it is an id, a time, a state or a number. */
export const looksHarmless = (value: string): boolean =>
  value.length <= 40 &&
  (TIME.test(value) ||
    NUMBER.test(value) ||
    UUID.test(value) ||
    STATES.has(value.toLowerCase()) ||
    !/[\p{L}\p{N}]/u.test(value));
