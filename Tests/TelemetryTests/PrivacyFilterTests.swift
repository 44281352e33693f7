import HarnessCore
import Testing

@testable import Telemetry

/// The rules as their user sees them.
struct PrivacyFilterTests {
    private let filter = PrivacyFilter()

    // MARK: - The public test contract (namastexlabs/automagik-telemetry docs/DEVELOPER_GUIDES/TESTING.md)

    @Test func theContractsAttributes() throws {
        let attributes: Attributes = [
            "user_id": "user-123", "email": "someone@example.com", "api_key": "sk-1234567890", "token": "ghp_abcdefg",
            "name": "Test", "safe_key": "safe", "safe_field": "value",
        ]
        #expect(!filter.isClean(attributes))
        let sanitized = filter.sanitized(attributes).elements
        #expect(sanitized.map(\.0) == ["user_id_hash", "name", "safe_key", "safe_field"])
        // `printf user-123 | sha256sum | cut -c -16`
        #expect(sanitized[0].1 == "fcdec6df4d44dbc6")
        #expect(sanitized.dropFirst().map(\.1) == ["Test", "safe", "value"])
    }

    @Test(arguments: ["user@example.com", "user@mail.example.com", "user+tag@example.co.uk"])
    func theContractsAddresses(text: String) {
        #expect(!filter.isClean(text))
        #expect(filter.sanitized(text) == "[REDACTED]")
        #expect(filter.sanitized("mail to \(text).") == "mail to [REDACTED].")
    }

    @Test(arguments: ["+1234567890", "123-456-7890", "(123) 456-7890", "+44 20 7123 4567"])
    func theContractsTelephoneNumbers(text: String) {
        #expect(!filter.isClean(text))
        #expect(filter.sanitized(text) == "[REDACTED]")
        #expect(filter.sanitized("call \(text), please") == "call [REDACTED], please")
    }

    // MARK: - Keys

    @Test(arguments: [
        "password", "db.password", "PASSWORD_OLD", "userPassword", "passwd", "pwd", "secret", "client_secret", "token",
        "accessToken", "access_token", "refresh_token", "api_key", "apikey", "apiKey", "x-api-key", "private_key",
        "private.key", "privateKey", "credit_card", "creditCard", "ssn", "user.ssn", "social_security",
        "SocialSecurityNumber", "email", "user.email", "e_mail", "e-mail", "EMAIL",
        "authorization", "Authorization", "http.request.header.authorization", "proxy-authorization", "cookie",
        "set-cookie", "http.response.header.set-cookie", "cookies", "cvv", "card.cvv", "CVV", "pass", "db_pass",
        "dbPass", "passphrase", "key_passphrase",
    ])
    func sensitiveKeys(key: String) {
        let attributes: Attributes = [key: "x"]
        #expect(!filter.isClean(attributes))
        #expect(filter.sanitized(attributes).count == 0)
    }

    @Test(arguments: [
        "name", "bench.id", "bench.run_id", "bench.attribute.0000", "service.name", "className", "class_name",
        "accessNumber", "session.id", "order.created", "cache.key", "keyboard", "http.route", "bypass", "word", "mail",
        "domain", "card", "credit", "duration_ms", "exec", "second", "security", "private", "broker", "a", "ab", "",
        "compass", "tests.passed", "cookie.domain", "cookie_policy", "authorization.kind", "duration", "operation",
        "phrase", "vv", "revv",
        "user", "userid_hash", "user_id_hash", "user.name", "users_id",
    ])
    func ordinaryKeys(key: String) {
        #expect(filter.isClean([key: "x"]))
    }

    @Test(arguments: [("user_id", "user_id_hash"), ("USER_ID", "USER_ID_hash"), ("userId", "userIdHash")])
    func usersAreHashed(key: String, hashedKey: String) {
        let attributes: Attributes = [key: 123]
        #expect(!filter.isClean(attributes))
        let sanitized = filter.sanitized(attributes).elements
        // `printf 123 | sha256sum | cut -c -16`
        #expect(sanitized.map(\.0) == [hashedKey] && sanitized.map(\.1) == ["a665a45920422f9d"])
    }

    @Test func numbersOfTokensAreNoTokens() {
        #expect(filter.isClean(["gen_ai.usage.input_tokens": 1200, "token.share": 0.5, "password.is_set": true]))
        #expect(filter.isClean(["tests.pass": 12, "cookies": 3]))
        #expect(!filter.isClean(["cvv": 123]))
        #expect(!filter.isClean(["ssn": 123_456_789]))
    }

    // MARK: - Values

    @Test(arguments: [
        ("a@b.cc", "[REDACTED]"),
        ("<joe.o'neil@example.org>; x", "<[REDACTED]>; x"),
        ("two a@b.cc and c@d.ee.", "two [REDACTED] and [REDACTED]."),
        ("card 4111 1111 1111 1111 ok", "card [REDACTED] ok"),
        ("4111111111111111", "[REDACTED]"),
        ("3782 822463 10005", "[REDACTED]"),
        ("from 192.168.1.1:80", "from [REDACTED]:80"),
        ("8.8.8.8", "[REDACTED]"),
        ("1-800-555-0199", "[REDACTED]"),
        ("call 123 456 7890", "call [REDACTED]"),
        ("/home/joe/app/log.txt", "[REDACTED]/app/log.txt"),
        ("open /Users/joe: denied", "open [REDACTED]: denied"),
        (#"C:\Users\joe\x"#, #"C:[REDACTED]\x"#),
        ("file:///home/joe", "file://[REDACTED]"),
        ("sk_live_abcdefghij0123456789", "[REDACTED]"),
        ("pk_test_abcdefghij0123456789", "[REDACTED]"),
        ("Authorization: Bearer abcdefghijklmnopqrstuvwxyz", "Authorization: [REDACTED]"),
        ("bearer abcdefghijklmnopqrstuvwxyz", "[REDACTED]"),
        ("api_key=abcdefghij0123456789&x=1", "api_key=[REDACTED]&x=1"),
        ("X-Api-Key: abcdefghij0123456789", "X-Api-Key: [REDACTED]"),
        ("api_key abcdefghij0123456789", "[REDACTED]"),
        ("Bearer abc", "[REDACTED]"), ("Bearer abc.def.ghi", "[REDACTED]"), ("BEARER  abc", "[REDACTED]"),
        ("Basic Ym9iOnNlY3JldA==", "[REDACTED]"), ("basic Ym9i", "[REDACTED]"),
        ("with Bearer abc, ok", "with [REDACTED], ok"),
        ("AKIAIOSFODNN7EXAMPLE", "[REDACTED]"), ("AKIAABCDEFGHIJKLMNOP", "[REDACTED]"),
        ("id ASIAIOSFODNN7EXAMPLE.", "id [REDACTED]."),
        ("https://bob:secret@host", "https://[REDACTED]@host"),
        ("https://bob:secret@example.com/x?y=1", "https://[REDACTED]@example.com/x?y=1"),
        ("postgres://u:p@h/db", "postgres://[REDACTED]@h/db"),
        ("redis://:p@ss@h", "redis://[REDACTED]@h"),
        ("cannot clone https://t0ken@host/x.git", "cannot clone https://[REDACTED]@host/x.git"),
        ("password=hunter2", "password=[REDACTED]"), ("pwd=x", "pwd=[REDACTED]"), ("cvv=1", "cvv=[REDACTED]"),
        ("login failed, password=hunter2, user=bob", "login failed, password=[REDACTED], user=bob"),
        ("https://h/p?a=1&token=abc&b=2", "https://h/p?a=1&token=[REDACTED]&b=2"),
        ("secret=a;x", "secret=[REDACTED];x"), ("DB_PASSWORD = 'a b' x", "DB_PASSWORD = '[REDACTED]' x"),
        (#"{"password": "a\"b", "x": 1}"#, #"{"password": "[REDACTED]", "x": 1}"#),
        (#"{"accessToken":"abc","x":1}"#, #"{"accessToken":"[REDACTED]","x":1}"#),
        (#"{"cookie": ["a=b; c=d"]}"#, #"{"cookie": ["[REDACTED]"]}"#),
        (#"{"pin": 1, "cvv": 123}"#, #"{"pin": 1, "cvv": [REDACTED]}"#),
        ("Authorization: Basic abc\nHost: h", "Authorization: [REDACTED]\nHost: h"),
        ("curl -H 'Cookie: a=b; c=d' h", "curl -H 'Cookie: [REDACTED]' h"),
        ("token=Bearer abc next", "token=[REDACTED] next"), ("password := a", "password := [REDACTED]"),
        ("client_secret=abc", "client_secret=[REDACTED]"), ("AccountKey=abc==;x", "AccountKey=[REDACTED];x"),
        ("db.pass=abc", "db.pass=[REDACTED]"), ("password=a@b.cc x", "password=[REDACTED] x"),
        ("sk-abcdefghij0123456789", "[REDACTED]"),
        ("ghp_abcdefghij0123456789", "[REDACTED]"),
        ("github_pat_abcdefghij0123456789", "[REDACTED]"),
    ])
    func sensitiveValues(text: String, sanitized: String) {
        #expect(!filter.isClean(text))
        #expect(!filter.isClean(["note": .string(text)]))
        #expect(filter.sanitized(text) == sanitized)
    }

    @Test(arguments: [
        "", "a", "hello", "order created", "1234567890", "1700000000000000001", "4111111111111112",
        "0.4111111111111111",
        "2024-01-15T12:30:45.123456789Z", "2024-01-15 12:30:45 +0200", "550e8400-e29b-41d4-a716-446655440000",
        "4bf92f3577b34da6a3ce929d0e0e4736", "1.2.3", "256.1.1.1", "1.1.1.1.1", "v10.0.0.1", "GET /api/users/42",
        "https://example.com/home/index", "/users/42", "/homes/42", "a @ b", "user@host", "@mention", "x@y.z1",
        "sk-1234567890", "ghp_abcdefg", "bearer token expired", "task-42", "Basic plan",
        "basic authentication", "Bearer of it", "a tax base", "pass: 12, fail: 3", "bypass=true", "max_tokens=5",
        "token == nil", "Token::new", "password", "password=", "password=&x=1", "password=[REDACTED]", "keys: 4",
        "primary key: id", "mode=fast: on", "AKIAIOSFODNN7EXAMPLE1", "xAKIAIOSFODNN7EXAMPLE", "AKIA short",
        "https://host/a@b", "https://[REDACTED]@h", "std::pair", "n: 5", "SELECT 1 AS x",
        #"{"name": "on", "type": "y"}"#,
        "remember the bear", "naïve — ünïcode ✓",
        "12:34:56", "+02:00", "1+12345678901", "Bench 0000000123 of run 20240115-123045-abc",
        "build-2024-01-15-12-30-45-123", "telemetry-bench", "5.15.0-91-generic",
    ])
    func ordinaryValues(text: String) {
        #expect(filter.isClean(text))
        #expect(filter.sanitized(text) == text)
    }

    @Test func integersAreNotScanned() {
        #expect(filter.isClean(["bench.id": 4_111_111_111_111_111, "count": 1_234_567_890]))
    }

    @Test func arraysAreScanned() {
        let attributes: Attributes = ["to": ["x", "a@b.cc", ["c@d.ee", 5]]]
        #expect(!filter.isClean(attributes))
        #expect(filter.sanitized(attributes).elements[0].1 == ["x", "[REDACTED]", ["[REDACTED]", 5]])
        #expect(filter.isClean(["to": ["x", ["y", 5]]]))
    }

    @Test func luhnsCheckIsExact() {
        // Every change of one digit breaks it.
        let card = Array("4111111111111111".utf8)
        for index in card.indices {
            for digit in UInt8(ascii: "0")...UInt8(ascii: "9") where digit != card[index] {
                var changed = card
                changed[index] = digit
                #expect(filter.isClean(String(decoding: changed, as: UTF8.self)))
            }
        }
    }

    // MARK: - Settings

    @Test func offLooksAtNothing() {
        let filter = PrivacyFilter(.off)
        let attributes: Attributes = ["password": "a@b.cc", "user_id": "7"]
        #expect(filter.isClean(attributes) && filter.isClean("a@b.cc"))
        #expect(filter.sanitized(attributes).elements.map(\.0) == ["password", "user_id"])
        #expect(filter.sanitized("a@b.cc") == "a@b.cc")
    }

    @Test func allowedKeysAreSentAsTheyAre() {
        var settings = PrivacySettings()
        settings.allowedKeys = ["user_id", "token"]
        let sanitized = PrivacyFilter(settings).sanitized(["user_id": "7", "token": "a@b.cc", "password": "x"])
        #expect(sanitized.elements.map(\.0) == ["user_id", "token"])
        #expect(sanitized.elements.map(\.1) == ["7", "a@b.cc"])
    }

    @Test(arguments: [
        (PrivacySettings.Strategy.redact, "[REDACTED]", "to [REDACTED]!"),
        // `printf x | sha256sum | cut -c -16` and the same of a@b.cc
        (.hash, "sha256:2d711642b726b044", "to sha256:a8c4271ffca17a57!"),
        (.truncate(3), "x", "to a@b!"),
    ])
    func strategies(strategy: PrivacySettings.Strategy, key: String, value: String) {
        var settings = PrivacySettings()
        settings.keyStrategy = strategy
        settings.valueStrategy = strategy
        let sanitized = PrivacyFilter(settings).sanitized(["password": "x", "note": "to a@b.cc!"])
        #expect(sanitized.elements.map(\.1) == [.string(key), .string(value)])
    }

    @Test func removalTakesTheAttributeOrTheText() {
        var settings = PrivacySettings()
        settings.valueStrategy = .remove
        let filter = PrivacyFilter(settings)
        #expect(filter.sanitized(["a": "to a@b.cc", "b": 1, "c": ["x", "a@b.cc"]]).elements.map(\.0) == ["b", "c"])
        #expect(filter.sanitized("to a@b.cc!") == "to !")
    }

    // MARK: - The fast path

    /// The quick look may suspect too much, never too little: wherever a text is put together from parts of sensitive
    /// and ordinary ones, of any length and at any place, it agrees with the rules.
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func theQuickLookMissesNothing(seed: UInt64) {
        let parts = [
            "a@b.cc", "192.168.1.1", "4111 1111 1111 1111", "4111111111111", "+1234567890", "123-456-7890", "/home/joe",
            "/Users/j", #"\Users\j"#, "sk_live_abcdefghij0123456789", "api-key:abcdefghij0123456789", " ", "-", "word",
            "Bearer abcdefghij0123456789", "ghp_abcdefghij0123456789", "apikey=abcdefghij0123456789", "x", "1", ".",
            "é",
            "github_pat_abcdefghij0123456789", "sk-abcdefghij0123456789", "(123) 456-7890", "abcdefghijklmnop", "@",
            "/", "Bearer abc", "Basic Ym9i", "AKIAIOSFODNN7EXAMPLE", "AKIAABCDEFGHIJKLMNOP", "password", "=", ":", "\"",
            "pwd=x", "api_key", "token=", "cookie: ", "https://b:c@d", "https://", "Pass=",
        ]
        var random = SplitMix64(seed: seed)
        for _ in 0..<4000 {
            let count = Int.random(in: 1...5, using: &random)
            let text = (0..<count).map { _ in parts.randomElement(using: &random)! }.joined()
            let bytes = Array(text.utf8)
            bytes.withUnsafeBytes { bytes in
                let isFound = SensitiveText.firstMatch(in: bytes, from: 0) != nil
                #expect(!isFound || SensitiveText.isSuspicious(bytes), "\(text)")
            }
        }
    }

    /// Numbers of all shapes, of which few are sensitive: most of these texts need the second look.
    @Test(arguments: [7, 8, 9] as [UInt64])
    func theLookAtNumbersMissesNothing(seed: UInt64) {
        let parts = [
            "123", "456", "7890", "1", "22", "4111", "1111", "378282246310005", "4111111111111111", "255", "192.168",
            "10", ".1", "-", " ", ".", "(", ")", ") ", "(415) ", "+", "+44", "+1 (", "--", ",", ":", "a", "T", "x ",
            "123-", "456-", "-456-7890", " 1111", "-1111", "1.2.3.", "0.0", "filler text of words, no digits; ",
        ]
        var random = SplitMix64(seed: seed)
        var found = 0
        for _ in 0..<20_000 {
            let count = Int.random(in: 2...12, using: &random)
            let text = (0..<count).map { _ in parts.randomElement(using: &random)! }.joined()
            Array(text.utf8).withUnsafeBytes { bytes in
                let match = SensitiveText.firstMatch(in: bytes, from: 0)
                found += match == nil ? 0 : 1
                #expect(match == nil || SensitiveText.isSuspicious(bytes), "\(text)")
            }
        }
        #expect(found > 1000)
    }

    /// A number is found wherever it stands, also where it lies across two of the words that are looked at a time.
    @Test(arguments: [
        "192.168.100.200", "4222222222222", "4111 1111 1111 1111", "123-456-7890", "(123) 456-7890", "+44 20 7123 4567",
    ])
    func aNumberIsFoundAtEveryPlace(number: String) {
        for offset in 0..<150 {
            let text = String(repeating: "x", count: offset) + " " + number
            for text in [text, text + " ", text + String(repeating: " y", count: 40)] {
                #expect(!filter.isClean(text), "\(offset)")
            }
        }
    }

    /// What most texts with digits are does not need the slow look.
    @Test(arguments: [
        "2024-01-15T12:30:45.123456789Z", "2024-01-15 12:30:45.123", "550e8400-e29b-41d4-a716-446655440000",
        "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0", "order 1234567 of 2024",
        "2024-01-15T12:30:45+01:00", "123456789012", "v10.15.7-build 4711",
    ])
    func commonNumbersAreNotSuspicious(text: String) {
        Array(text.utf8).withUnsafeBytes { #expect(!SensitiveText.isSuspicious($0)) }
    }

    @Test(arguments: [5, 6] as [UInt64])
    func theQuickLookAtKeysMissesNothing(seed: UInt64) {
        let parts = [
            "password", "Passwd", "PWD", "secret", "token", "api_key", "apiKey", "private.key", "credit-card", "ssn",
            "Social_Security", "e-mail", "EMail", "user_id", "a",
            "pass", "Pass", "passphrase", "cookie", "authorization", "cvv", "cookies", "AUTHORIZATION", "-", "_", ".",
            "order", "Name", "x1", "attribute",
        ]
        var random = SplitMix64(seed: seed)
        for _ in 0..<4000 {
            let count = Int.random(in: 1...4, using: &random)
            let key = (0..<count).map { _ in parts.randomElement(using: &random)! }.joined()
            Array(key.utf8).withUnsafeBytes { bytes in
                let isSensitive = SensitiveKey.kind(of: bytes, isNumber: false) != nil
                #expect(!isSensitive || SensitiveKey.isSuspicious(bytes), "\(key)")
            }
        }
    }

    @Test func longTextsAreScannedToTheirEnds() {
        for length in [100, 4080, 4081, 100_000] {
            let filler = String(repeating: "lorem ipsum, ", count: length / 13)
            #expect(filter.isClean(filler))
            #expect(filter.sanitized(filler + "8.8.8.8") == filler + "[REDACTED]")
            #expect(!filter.isClean(filler + "a@b.cc") && !filter.isClean("a@b.cc" + filler))
        }
    }
}
