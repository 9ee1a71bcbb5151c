<?php // Runs GATE_COMMAND while the release waits, and lets it go on if that ends with 0. See writing-an-endpoint.md.
$secrets = preg_split('/ /', getenv('MDOQ_SECRET'), -1, PREG_SPLIT_NO_EMPTY); // several while one is replaced by another
function genuine(array $secrets, string $body): bool // sent just now, with a secret, and these very bytes signed with it
{
    [$id, $time] = [$_SERVER['HTTP_WEBHOOK_ID'] ?? '', $_SERVER['HTTP_WEBHOOK_TIMESTAMP'] ?? ''];
    foreach ($secrets as $secret) {
        if (hash_equals($secret, $_SERVER['HTTP_X_MDOQ_SECRET'] ?? '') && abs(time() - (int) $time) < 300) {
            $key = str_starts_with($secret, 'whsec_') ? base64_decode(substr($secret, 6)) : $secret;
            $right = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$time.$body", $key, true));
            $sent = explode(' ', $_SERVER['HTTP_WEBHOOK_SIGNATURE'] ?? '');
            return array_filter($sent, fn($one) => hash_equals($right, $one)) !== [];
        }
    }
    return false;
}

function post(string $secret, string $url, array $fields, int $patience): int // until the answer is final; in seconds
{
    $http = ['method' => 'POST', 'header' => ['Content-Type: application/json', "X-MDOQ-Secret: $secret"],
        'content' => json_encode($fields, JSON_INVALID_UTF8_SUBSTITUTE), 'timeout' => 30, 'ignore_errors' => true];
    for ($end = time() + $patience, $wait = 1; ; $wait = min(2 * $wait, 60)) {
        $http_response_header = []; // stays empty if the lock API cannot be reached, perhaps since it is being restarted
        @file_get_contents($url, false, stream_context_create(['http' => $http]));
        $status = (int) substr($http_response_header[0] ?? '', 9, 3);
        if (($status >= 200 && $status < 500 && $status !== 429) || time() > $end) return $status;
        $pauses = preg_filter('/^Retry-After: *(\d+)$/i', '$1', $http_response_header);
        sleep(max($wait, 0, ...array_map('intval', array_values($pauses))));
    }
}

if (PHP_SAPI === 'cli') { // the work, in a process of its own: php release-gate.php FILE
    $asked = json_decode(file_get_contents($argv[1]), true);
    for ($line = '', $tests = popen(getenv('GATE_COMMAND') . ' 2>&1', 'r'); ($next = fgets($tests)) !== false; ) {
        $line = trim($next) ?: $line;
        post($secrets[0], $asked['log_url'], ['lock' => $asked['lock'], 'message' => $line], 0);
    }
    $verdict = pclose($tests) === 0 ? ['result' => 'success'] : ['result' => 'fail', 'stop_release' => true];
    $status = post($secrets[0], $asked['release_url'], ['lock' => $asked['lock'], 'message' => $line] + $verdict, 21600);
    return file_put_contents("$argv[1].done", "{$verdict['result']}, answered $status\n");
}

$request = json_decode($body = file_get_contents('php://input'), true);
$name = getenv('GATE_FOLDER') . '/' . basename($request['delivery'] ?? '') . '.json'; // in a folder that no visitor sees
if (!genuine($secrets, $body)) {
    [$status, $answer] = [401, ['error' => 'not genuine']];
} elseif (($request['event'] ?? '') !== 'before_release') {
    [$status, $answer] = [200, ['result' => 'success', 'message' => 'nothing to do']];
} elseif (!isset($request['release_url'])) { // no lock; or Jenkins does not know its own URL
    [$status, $answer] = [200, ['result' => 'fail', 'stop_release' => true, 'message' => "let it block; set Jenkins' URL"]];
} elseif (($file = @fopen($name, 'x')) || is_file($name)) { // it is there already if the same delivery comes again
    $kept = json_encode(array_intersect_key($request, ['lock' => 1, 'release_url' => 1, 'log_url' => 1]));
    if ($file && fwrite($file, $kept)) {
        array_map(fn($it) => putenv("$it=" . getenv($it)), ['MDOQ_SECRET', 'GATE_COMMAND']); // else not with PHP-FPM
        exec('php ' . escapeshellarg(__FILE__) . ' ' . escapeshellarg($name) . ' > /dev/null 2>&1 &');
    }
    [$status, $answer] = [200, ['result' => 'success', 'message' => 'the tests are running']];
}
http_response_code($status ?? 500);
header('Content-Type: application/json');
echo json_encode($answer ?? ['error' => 'GATE_FOLDER cannot be written']);
