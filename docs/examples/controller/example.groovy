// What `mvn hpi:run` comes up with: an endpoint, a webhook that asks it, and both example Pipelines. It is an init hook of Jenkins
// (https://www.jenkins.io/doc/book/managing/groovy-hook-scripts/); the build puts it into work/init.groovy.d, and the Pipelines into
// work/example. What is there is kept.
import com.cloudbees.plugins.credentials.CredentialsProvider
import com.cloudbees.plugins.credentials.CredentialsScope
import com.cloudbees.plugins.credentials.SystemCredentialsProvider
import com.cloudbees.plugins.credentials.domains.Domain
import com.sun.net.httpserver.HttpServer
import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import hudson.util.Secret
import io.jenkins.plugins.mdoq.config.EventConfiguration
import io.jenkins.plugins.mdoq.config.MdoqGlobalConfiguration
import io.jenkins.plugins.mdoq.config.SecretReference
import io.jenkins.plugins.mdoq.config.WebhookConfiguration
import java.security.MessageDigest
import java.security.SecureRandom
import jenkins.model.Jenkins
import jenkins.model.JenkinsLocationConfiguration
import org.jenkinsci.plugins.plaincredentials.StringCredentials
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition
import org.jenkinsci.plugins.workflow.job.WorkflowJob

def jenkins = Jenkins.get()
def location = JenkinsLocationConfiguration.get()
if (location.url == null) { // the endpoint releases its locks there; with another port, set it in Jenkins
    location.url = "http://localhost:${System.getProperty('port', '8080')}${jenkins.servletContext.contextPath}/"
}

// The secret, made the first time.
def secretText = {
    CredentialsProvider.lookupCredentialsInItemGroup(StringCredentials, jenkins, null, [])
            .find { it.id == 'release-gate' }?.secret?.plainText
}
if (secretText() == null) {
    byte[] key = new byte[32]
    new SecureRandom().nextBytes(key)
    def secret = Secret.fromString('whsec_' + key.encodeBase64())
    def credential = new StringCredentialsImpl(CredentialsScope.SYSTEM, 'release-gate', 'of the example endpoint', secret)
    SystemCredentialsProvider.instance.store.addCredentials(Domain.global(), credential)
}
String secret = secretText()

// The endpoint. It holds a release while it "tests", reports each test, and lets the release go on.
def post = { String url, Map fields ->
    def connection = new URL(url).openConnection()
    connection.setRequestProperty('Content-Type', 'application/json')
    connection.setRequestProperty('X-MDOQ-Secret', secret)
    connection.doOutput = true
    try {
        connection.outputStream.withWriter('UTF-8') { it << JsonOutput.toJson(fields) }
        if (connection.responseCode != 200) {
            System.err.println("example endpoint: ${url} answered ${connection.responseCode}")
        }
    } catch (ConnectException e) {
        System.err.println("example endpoint: nothing listens at ${url}; set Jenkins URL under Manage Jenkins, System")
    }
}
int tests = 5
def work = { Map asked ->
    (1..tests).each { number ->
        sleep(Integer.getInteger('mdoq.example.millis', 3000))
        post(asked.log_url, [lock: asked.lock, message: "${number} of ${tests} tests passed".toString()])
    }
    post(asked.release_url, [lock: asked.lock, result: 'success', message: "all ${tests} tests passed".toString()])
}
def server = HttpServer.create(new InetSocketAddress('127.0.0.1', Integer.getInteger('mdoq.example.port', 8099)), 0)
server.createContext('/') { exchange ->
    def asked = new JsonSlurper().parse(exchange.requestBody.bytes, 'UTF-8')
    String sent = exchange.requestHeaders.getFirst('X-MDOQ-Secret') ?: ''
    boolean genuine = MessageDigest.isEqual(sent.getBytes('UTF-8'), secret.getBytes('UTF-8'))
    byte[] answer = JsonOutput.toJson(genuine ? [result: 'success'] : [error: 'wrong secret']).getBytes('UTF-8')
    exchange.responseHeaders.set('Content-Type', 'application/json')
    exchange.sendResponseHeaders(genuine ? 200 : 401, answer.length)
    exchange.responseBody.write(answer)
    exchange.close()
    if (genuine && asked.lock) {
        Thread.startDaemon('example endpoint') { work(asked) }
    }
}
server.start()

// The webhook.
def configuration = MdoqGlobalConfiguration.get()
if (configuration.webhooks.isEmpty()) {
    def before = new EventConfiguration('beforeRelease')
    before.blocking = true
    before.lockTimeout = '10m' // when Jenkins ends, this endpoint ends as well, and forgets what it was asked
    def webhook = new WebhookConfiguration('release-gate', "http://127.0.0.1:${server.address.port}/".toString())
    webhook.secrets = [new SecretReference('release-gate')]
    webhook.sign = true
    webhook.events = [before, new EventConfiguration('beforeReleaseComplete')]
    configuration.webhooks = [webhook]
}

// Both Pipelines.
['scripted', 'declarative'].each { name ->
    if (jenkins.getItem(name) == null) {
        String script = new File(jenkins.rootDir, "example/${name}.Jenkinsfile").getText('UTF-8')
        def job = jenkins.createProject(WorkflowJob, name)
        job.definition = new CpsFlowDefinition(script, true)
        job.save()
    }
}
