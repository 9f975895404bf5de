# The analyzer's rules for the project's scripts (tests/Contract.Tests.ps1). A rule that is off has its reason beside it.
@{
    Severity     = @('Error', 'Warning', 'Information', 'ParseError')
    ExcludeRules = @(
        # The scripts are run at a terminal and speak to whoever runs them; what they return is something else.
        'PSAvoidUsingWriteHost'

        # For cmdlets that users call. Functions of a script have the script's caller only; the module's own cmdlets are compiled and have ShouldProcess.
        'PSUseShouldProcessForStateChangingFunctions'

        # It does not see that a script's parameters are used in the script's functions.
        'PSReviewUnusedParameter'

        # PowerShell 7 reads UTF-8 without a mark, and a mark stands in the way of #! lines.
        'PSUseBOMForUnicodeEncodedFile'

        # Join-Path and the scripts' own small functions are clearer without the parameters' names.
        'PSAvoidUsingPositionalParameters'

        # A guest's computer name is no address of a machine of ours.
        'PSAvoidUsingComputerNameHardcoded'
    )
}
