package io.jenkins.plugins.mdoq.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Says which program this is, for reports of defects. */
@Command(
        name = "version",
        description = {"Prints the version of this program and of the Java that runs it.", ""},
        exitCodeList = "0:printed")
final class VersionCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Override
    public Integer call() {
        main.console().print(new Version().getVersion()[0]);
        main.console()
                .print("Java " + Runtime.version() + ", " + System.getProperty("os.name") + " "
                        + System.getProperty("os.version") + ", " + System.getProperty("os.arch"));
        return ExitCode.RELEASED.number();
    }
}
