# Disaster recovery of two Orchestrators: what is refused, what is asked, what is sent and how often, and waits through restarts. Read from the simulator's request log.
BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/RecordingHost.ps1

    # Two fresh Orchestrators: a, with everything on it, and b, just installed.
    function Start-Pair {
        param([double] $Step = 0.05, [double] $Restart = 0.3)
        $script:simulator = Start-TestSimulator @{ EdgeCount = 12 }
        $script:operator = ($simulator.VeloCloud.Users | Where-Object Tier -EQ operator).Credential
        Set-Box a @{ stepSeconds = $Step; restartSeconds = $Restart }
        $pin = @{ Operator = $true; MaximumRetryCount = 2; ServerCertificateThumbprint = $simulator.CertificateThumbprint; NoProxy = $true; NotDefault = $true }
        $script:a = Connect-VeloCloud $simulator.VeloCloud.Server -Credential $operator -Name a @pin
        $script:b = Connect-VeloCloud $simulator.VeloCloudStandby.Server -Credential $operator -Name b @pin
        Clear-Log
    }

    function Stop-Pair {
        Get-OrchestratorConnection -System VeloCloud | Disconnect-VeloCloud -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        Stop-OrchestratorSimulator $simulator
    }

    # A command of the control address for one of the boxes.
    function Set-Box {
        param([string] $Box, [hashtable] $Body = @{})
        Invoke-SimulatorCommand $simulator "systems/$(if ($Box -eq 'a') { 'veloCloud' } else { 'veloCloudStandby' })/replication" $Body | Out-Null
    }

    function Connect-Pair {
        Initialize-VeloCloudStandby -Connection b -Wait -Timeout 30 -Confirm:$false | Out-Null
        Enable-VeloCloudReplication -Connection a -StandbyConnection b -Credential $operator -Wait -Timeout 30 -Confirm:$false | Out-Null
        Clear-Log
    }

    function Clear-Log {
        Clear-OrchestratorSimulatorFault -RequestLog -Simulator $simulator
    }

    # What was asked of both boxes besides their status, oldest first: 'b promoteStandbyToActive {"force":true}'.
    function Get-Sent {
        @(Get-OrchestratorSimulatorRequest -Simulator $simulator -Path '/portal/rest/disasterRecovery/*' | Where-Object Path -NotLike '*/getReplicationStatus' |
                ForEach-Object { "$(if ($_.IsStandby) { 'b' } else { 'a' }) $($_.Path -replace '.*/') $($_.Body)" })
    }

    function Get-State {
        param([string] $Box)
        "$(Get-VeloCloudReplication -Connection $Box)"
    }
}

Describe 'Two Orchestrators become a pair' {
    BeforeAll { Start-Pair }
    AfterAll { Stop-Pair }
    BeforeEach { Clear-Log }

    It 'shows role and state of both' {
        $both = Get-VeloCloudReplication -Connection a, b
        "$both" | Should -Be 'STANDALONE UNCONFIGURED STANDALONE UNCONFIGURED'
        $both.Connection | Should -Be @('a', 'b')
        $both.Server | Should -Be @($a.Server.Authority, $b.Server.Authority)
        $both[0].Uuid | Should -Not -Be $both[1].Uuid
        $both | Out-String -Width 120 | Should -BeLike '*Server*Role*State*STANDALONE*UNCONFIGURED*'
    }

    It 'is for operators' {
        foreach ($tier in 'customer', 'partner') {
            $user = $simulator.VeloCloud.Users | Where-Object Tier -EQ $tier
            $null = Connect-VeloCloud $simulator.VeloCloud.Server -Credential $user.Credential -ServerCertificateThumbprint $simulator.CertificateThumbprint -NoProxy -Name $tier -NotDefault
            $null = Get-VeloCloudReplication -Connection $tier -ErrorAction SilentlyContinue -ErrorVariable failed
            $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.Permission,OrchestratorTools.VeloCloud.GetVeloCloudReplicationCommand'
            { Initialize-VeloCloudStandby -Connection $tier -Confirm:$false } | Should -Throw -ErrorId 'VeloCloud.Permission,*'
            { Invoke-VeloCloudFailover -Connection $tier -Confirm:$false } | Should -Throw -ErrorId 'VeloCloud.Permission,*'
        }
        Get-Sent | Should -BeNullOrEmpty
    }

    It 'refuses what roles and states do not allow, before it asks: <Name>' -ForEach @(
        @{ Name = 'failover of one that stands alone'; Line = 'Invoke-VeloCloudFailover -Connection a -Force'; Says = '*STANDALONE, UNCONFIGURED*Only a standby is promoted. Nothing was sent.*' }
        @{ Name = 'demotion of one that stands alone'; Line = 'Invoke-VeloCloudDemotion -Connection a -Force'; Says = '*only the active of a pair is demoted. Nothing was sent.*right connection*' }
        @{ Name = 'removal where there is no pair'; Line = 'Disable-VeloCloudReplication -Connection b'; Says = '*belongs to no pair. Nothing was sent.*' }
        @{ Name = 'pairing with one that is not prepared'; Line = 'Enable-VeloCloudReplication -Connection a -StandbyConnection b -Credential $operator'; Says = '*only a STANDBY_CANDIDATE becomes standby*Initialize-VeloCloudStandby*' }
        @{ Name = 'pairing with itself'; Line = 'Enable-VeloCloudReplication -Connection a -StandbyConnection a -Credential $operator'; Says = '*both lead to*' }
    ) {
        $asked = Complete-AtHost (Start-AtHost "`$operator = Get-OrchestratorConnection a | ForEach-Object { [pscredential]::new('x@y.example', (ConvertTo-SecureString 'p-w' -AsPlainText)) }; $Line" -Answer 0)
        $asked.Questions | Should -BeNullOrEmpty
        "$($asked.Errors[0])" | Should -BeLike $Says
        $asked.Errors[0].FullyQualifiedErrorId | Should -BeLike 'VeloCloud.*,*'
        Get-Sent | Should -BeNullOrEmpty
    }

    It 'asks before it prepares, names box, role and state; a no and -WhatIf send nothing' {
        $asked = Complete-AtHost (Start-AtHost 'Initialize-VeloCloudStandby -Connection b' -Answer 2)
        $asked.Questions | Should -HaveCount 1
        $asked.Questions[0] | Should -BeLike "Prepare for standby: $($b.Server.Authority) (198.51.100.11) is STANDALONE, UNCONFIGURED since *It restarts*"
        Initialize-VeloCloudStandby -Connection b -WhatIf
        Get-Sent | Should -BeNullOrEmpty
        # One that serves edges is not mistaken for an empty one.
        (Complete-AtHost (Start-AtHost 'Initialize-VeloCloudStandby -Connection a' -Answer 2)).Questions[0] | Should -BeLike '*and counts 12 edges*'
    }

    It 'prepares, and waits through the restart, in which connections break and the session is forgotten' {
        $ended = Initialize-VeloCloudStandby -Connection b -Wait -Timeout 30 -Confirm:$false
        "$ended" | Should -Be 'STANDBY STANDBY_CANDIDATE'
        Get-Sent | Should -Be 'b prepareForStandby {}'
        @(Get-OrchestratorSimulatorRequest -Simulator $simulator -Standby -Path '*Login').Count | Should -Be 1
        { Initialize-VeloCloudStandby -Connection b -Confirm:$false } | Should -Throw '*prepared already*' -ErrorId 'VeloCloud.WrongState,*'
    }

    It 'gives a clear error for everything else that is asked of a standby' {
        $lines = 'Get-VeloCloudSystemInfo', 'Get-VeloCloudEnterprise', 'Get-VeloCloudUser -Operator', 'Get-VeloCloudSystemProperty', 'Get-VeloCloudEdge -Enterprise Acme', 'Get-VeloCloudApiToken -Operator', 'Invoke-VeloCloudMethod event/getOperatorEvents'
        foreach ($line in $lines) {
            $failed = { & ([scriptblock]::Create("$line -Connection b -ErrorAction Stop")) } | Should -Throw -PassThru -Because $line
            $failed.FullyQualifiedErrorId | Should -BeLike 'VeloCloud.WrongState,*' -Because $line
            "$failed" | Should -BeLike '*standby*questions about its replication only*Get-VeloCloudReplication*' -Because $line
        }
    }

    It 'asks which two are paired, and shows the password in no stream' {
        $asked = Complete-AtHost (Start-AtHost 'Enable-VeloCloudReplication -Connection a -StandbyConnection b -StandbyAddress vco-b.example -Credential ([pscredential]::new("dr@vco.example", (ConvertTo-SecureString "Dr-Pa55w0rd" -AsPlainText))) -Verbose -Debug' -Answer 2)
        $asked.Questions[0] | Should -BeLike "Make a pair: active $($a.Server.Authority) (198.51.100.10) is STANDALONE, UNCONFIGURED since *; standby $($b.Server.Authority) (198.51.100.11) is STANDBY, STANDBY_CANDIDATE since *, address vco-b.example, id *; account 'dr@vco.example'*copied over*"
        Get-Sent | Should -BeNullOrEmpty
        { Enable-VeloCloudReplication -Connection b -StandbyConnection a -Credential $operator -Confirm:$false } | Should -Throw '*does not become active this way*' -ErrorId 'VeloCloud.WrongState,*'
    }

    It 'says what the server refuses, in its words, and may be asked again' {
        $wrong = [pscredential]::new($operator.UserName, (ConvertTo-SecureString 'Wrong-Dr-Pa55' -AsPlainText))
        $streams = Enable-VeloCloudReplication -Connection a -StandbyConnection b -Credential $wrong -Confirm:$false -Verbose -Debug -ErrorAction SilentlyContinue -ErrorVariable failed *>&1
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'VeloCloud.Failed,*'
        "$($failed[0])" | Should -BeLike '*login of*failed*'
        "$streams $($failed[0] | Format-List * -Force | Out-String)" | Should -Not -BeLike '*Wrong-Dr-Pa55*'
        (Get-Sent).Count | Should -Be 1
    }

    It 'pairs by a connection or by address and id, sends once, and waits for both' {
        $uuid = (Get-VeloCloudReplication -Connection b).Uuid
        Enable-VeloCloudReplication -Connection a -Standby 198.51.100.11 -StandbyUuid $uuid -StandbyReplicationAddress 203.0.113.11 -Credential $operator -WhatIf
        Get-Sent | Should -BeNullOrEmpty
        $ended = Enable-VeloCloudReplication -Connection a -StandbyConnection b -StandbyReplicationAddress 203.0.113.11 -Credential $operator -Wait -Timeout 30 -Confirm:$false
        "$ended" | Should -Be 'ACTIVE STANDBY_RUNNING STANDBY STANDBY_RUNNING'
        $sent = Get-Sent
        $sent | Should -HaveCount 1
        $body = $sent -replace '^a configureActiveForReplication ' | ConvertFrom-Json
        $body.standbyList[0].standbyAddress | Should -Be 198.51.100.11
        $body.standbyList[0].standbyUuid | Should -Be $uuid
        $body.standbyList[0].standbyReplicationAddress | Should -Be 203.0.113.11
        $body.PSObject.Properties.Name | Should -Be @('standbyList', 'drVCOUser', 'drVCOPassword', 'autoConfigStandby')
        (Get-VeloCloudReplication -Connection a).Standby[0].Uuid | Should -Be $uuid
        (Get-VeloCloudReplication -Connection b -IncludeHistory).StateHistory.To | Should -Contain 'COPYING_DB'
        (Get-VeloCloudReplication -Connection a -IncludeClient -IncludeStorage).AdditionalProperties.Keys | Should -Contain 'clientContact'
    }

    It 'is refused a second time, and so is a failover that is not forced' {
        { Enable-VeloCloudReplication -Connection a -StandbyConnection b -Credential $operator -Confirm:$false } | Should -Throw '*has a standby already*' -ErrorId 'VeloCloud.WrongState,*'
        { Invoke-VeloCloudFailover -Connection b -Confirm:$false } | Should -Throw '*must be forced*' -ErrorId 'VeloCloud.WrongState,*'
        { Invoke-VeloCloudDemotion -Connection a -StandbyConnection b -Force -Confirm:$false } | Should -Throw '*not been promoted*' -ErrorId 'VeloCloud.WrongState,*'
        { Invoke-VeloCloudFailover -Connection a -Force -Confirm:$false } | Should -Throw '*it is the active*' -ErrorId 'VeloCloud.WrongState,*'
        Get-Sent | Should -BeNullOrEmpty
    }

    It 'ends, and both stand alone' {
        $asked = Complete-AtHost (Start-AtHost 'Disable-VeloCloudReplication -Connection a -PeerConnection b' -Answer 2)
        $asked.Questions[0] | Should -BeLike "End the pair: $($a.Server.Authority) *is ACTIVE, STANDBY_RUNNING*; its standby $($b.Server.Authority) *is STANDBY, STANDBY_RUNNING*"
        $ended = Get-VeloCloudReplication -Connection a | Disable-VeloCloudReplication -PeerConnection b -Wait -Timeout 30 -Confirm:$false
        "$ended" | Should -Be 'STANDALONE UNCONFIGURED STANDALONE UNCONFIGURED'
        Get-Sent | Should -Be 'a removeStandby {}'
    }
}

Describe 'A planned failover' {
    BeforeAll {
        Start-Pair
        Connect-Pair
    }
    AfterAll { Stop-Pair }

    It 'names both boxes, sends force because it was said, and waits for both' {
        $asked = Complete-AtHost (Start-AtHost 'Invoke-VeloCloudFailover -Connection b -ActiveConnection a -Force' -Answer 2)
        $asked.Questions[0] | Should -BeLike "Force a failover: standby $($b.Server.Authority) (198.51.100.11) is STANDBY, STANDBY_RUNNING since *, last complete *; active $($a.Server.Authority) (198.51.100.10) is ACTIVE, STANDBY_RUNNING*The active is demoted*"
        Get-Sent | Should -BeNullOrEmpty
        $ended = Invoke-VeloCloudFailover -Connection b -ActiveConnection a -Force -Wait -Timeout 30 -Confirm:$false
        $ended.Role | Should -Be @('STANDALONE', 'ZOMBIE')
        $ended.Connection | Should -Be @('b', 'a')
        Get-Sent | Should -Be 'b promoteStandbyToActive {"force":true}'
    }

    It 'leaves an Orchestrator that serves with the other one''s data, and a zombie that can be prepared' {
        (Get-VeloCloudEnterprise -Connection b).Name | Should -Contain 'Acme'
        { Get-VeloCloudEnterprise -Connection a -ErrorAction Stop } | Should -Throw -ErrorId 'VeloCloud.WrongState,*'
        { Invoke-VeloCloudDemotion -Connection a -StandbyConnection b -Force -Confirm:$false } | Should -Throw '*demoted already*'
        "$(Initialize-VeloCloudStandby -Connection a -Wait -Timeout 30 -Confirm:$false)" | Should -Be 'STANDBY STANDBY_CANDIDATE'
        "$(Enable-VeloCloudReplication -Connection b -StandbyConnection a -Credential $operator -Wait -Timeout 30 -Confirm:$false)" | Should -Be 'ACTIVE STANDBY_RUNNING STANDBY STANDBY_RUNNING'
    }
}

Describe 'A failover because the active is gone' {
    BeforeAll {
        Start-Pair
        Connect-Pair
    }
    AfterAll { Stop-Pair }

    It 'begins in a failure that is not new, without force, while the active does not answer' {
        Set-Box a @{ down = $true }
        Get-State b | Should -Be 'STANDBY FAILURE_MYSQL_STANDBY_STATUS'
        $asked = Complete-AtHost (Start-AtHost 'Invoke-VeloCloudFailover -Connection b -ActiveConnection a' -Answer 2)
        $asked.Questions[0] | Should -BeLike "Fail over: standby $($b.Server.Authority) *FAILURE_MYSQL_STANDBY_STATUS*(No status of*; active 198.51.100.10 was asked and does not answer*must be demoted*"
        $ended = Invoke-VeloCloudFailover -Connection b -ActiveConnection a -Wait -Timeout 30 -Confirm:$false
        "$ended" | Should -Be 'STANDALONE UNCONFIGURED'
        Get-Sent | Should -Be 'b promoteStandbyToActive {}'
    }

    It 'demotes the former active when it is back, and not before its standby was looked at' {
        Set-Box a @{ down = $false }
        Get-State a | Should -Be 'ACTIVE FAILURE_GET_STANDBY_STATUS'
        Clear-Log
        $asked = Complete-AtHost (Start-AtHost 'Invoke-VeloCloudDemotion -Connection a' -Answer 2)
        $asked.Questions[0] | Should -BeLike "Demote: active $($a.Server.Authority) *FAILURE_GET_STANDBY_STATUS*; its former standby 198.51.100.11 was not asked*zombie*"
        $asked.Warnings -join ' ' | Should -BeLike '*is not known here (-StandbyConnection looks)*'
        $ended = Invoke-VeloCloudDemotion -Connection a -StandbyConnection b -Wait -Timeout 30 -Confirm:$false
        "$ended" | Should -Be 'ZOMBIE UNCONFIGURED'
        Get-Sent | Should -Be 'a demoteActive {}'
    }
}

Describe 'A request whose answer is lost' {
    BeforeAll {
        Start-Pair
        Connect-Pair
    }
    AfterAll { Stop-Pair }

    It 'is an unknown outcome with the way on, is not sent again, and the wait finds out' {
        Add-OrchestratorSimulatorFault VeloCloud LostAnswer -Standby -Path '*/promoteStandbyToActive' -Simulator $simulator
        # The server does not even move for a while.
        Set-Box b @{ stepSeconds = 3 }
        $failed = { Invoke-VeloCloudFailover -Connection b -Force -Wait -Confirm:$false -ErrorAction Stop } | Should -Throw -PassThru
        $failed.FullyQualifiedErrorId | Should -Be 'VeloCloud.OutcomeUnknown,OrchestratorTools.VeloCloud.InvokeVeloCloudFailoverCommand'
        "$failed" | Should -BeLike '*not sent again*Get-VeloCloudReplication*Wait-VeloCloudReplication -Goal Promoted*'
        { Invoke-VeloCloudFailover -Connection b -Force -Confirm:$false } | Should -Throw '*being promoted*' -ErrorId 'VeloCloud.WrongState,*'
        Set-Box b @{ stepSeconds = 0.05 }
        # The goal is known from what was sent.
        "$(Wait-VeloCloudReplication -Connection b -Timeout 30)" | Should -Be 'STANDALONE UNCONFIGURED'
        Get-Sent | Should -Be 'b promoteStandbyToActive {"force":true}'
    }

    It 'is not sent again either where nothing is seen of it' {
        # A gateway answered for the server: nobody can know whether the request got there.
        $null = Wait-VeloCloudReplication -Goal Demoted -Connection a -Timeout 30
        Clear-Log
        Add-OrchestratorSimulatorFault VeloCloud Status -Path '*/prepareForStandby' -Status 502 -Simulator $simulator
        { Initialize-VeloCloudStandby -Connection a -Confirm:$false } | Should -Throw -ErrorId 'VeloCloud.OutcomeUnknown,*'
        { Initialize-VeloCloudStandby -Connection a -Confirm:$false } | Should -Throw '*answer was lost, and it may still begin*' -ErrorId 'VeloCloud.WrongState,*'
        @(Get-Sent).Count | Should -Be 1
    }
}

Describe 'Two runspaces at once' {
    BeforeAll {
        Start-Pair
        Connect-Pair
    }
    AfterAll { Stop-Pair }

    It 'fail over once' {
        # Both have looked, and both are asked; then both are answered yes.
        $first = Start-AtHost 'Invoke-VeloCloudFailover -Connection b -Force' -Held
        $second = Start-AtHost 'Invoke-VeloCloudFailover -Connection b -Force' -Held
        Wait-Until { $first.Host.Questions.Count -eq 1 -and $second.Host.Questions.Count -eq 1 }
        Get-Sent | Should -BeNullOrEmpty
        $first.Host.Open.Set()
        $second.Host.Open.Set()
        $ended = @(Complete-AtHost $first; Complete-AtHost $second)
        $failures = @($ended.Errors)
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'VeloCloud.WrongState,*'
        Get-Sent | Should -Be 'b promoteStandbyToActive {"force":true}'
        Wait-VeloCloudReplication -Goal Promoted -Connection b -Timeout 30 | Should -HaveCount 1
    }
}

Describe 'Wait-VeloCloudReplication' {
    BeforeAll { Start-Pair }
    AfterAll { Stop-Pair }
    BeforeEach { Clear-Log }

    It 'wants to know what for where nothing was asked' {
        { Wait-VeloCloudReplication -Connection a, b } | Should -Throw '*say what is waited for*Promoted*' -ErrorId 'VeloCloud.BadParameter,*'
        { Wait-VeloCloudReplication -Goal Demoted -Connection a -ErrorAction Stop } | Should -Throw '*does not come to the role ZOMBIE*' -ErrorId 'VeloCloud.Failed,*'
    }

    It 'ends with a timeout, and what was begun goes on' {
        { Wait-VeloCloudReplication Paired -Connection a, b -Timeout 1 -ErrorAction Stop } | Should -Throw '*STANDBY_RUNNING within 1 s*STANDALONE*STANDALONE*goes on*' -ErrorId 'VeloCloud.Timeout,*'
        { Invoke-VeloCloudFailover -Connection b -Timeout 5 } | Should -Throw '*only with -Wait*' -ErrorId 'VeloCloud.BadParameter,*'
    }

    It 'ends with the server''s words when pairing fails, and the broken pair can be ended' {
        Initialize-VeloCloudStandby -Connection b -Wait -Timeout 30 -Confirm:$false | Out-Null
        Set-Box b @{ failAt = 'COPYING_DB' }
        $failed = { Enable-VeloCloudReplication -Connection a -StandbyConnection b -Credential $operator -Wait -Timeout 30 -Confirm:$false -ErrorAction Stop } | Should -Throw -PassThru
        $failed.FullyQualifiedErrorId | Should -BeLike 'VeloCloud.Failed,*'
        "$failed" | Should -BeLike "$($b.Server.Authority) is STANDBY, FAILURE_COPYING_DB: it failed: COPYING_DB did not succeed; $($a.Server.Authority) is ACTIVE*"
        { Invoke-VeloCloudFailover -Connection b -Confirm:$false } | Should -Throw '*whole database*' -ErrorId 'VeloCloud.WrongState,*'
        "$(Get-VeloCloudReplication -Connection a, b | Disable-VeloCloudReplication -Wait -Timeout 30 -Confirm:$false -ErrorAction SilentlyContinue)" | Should -BeLike 'STANDALONE UNCONFIGURED*'
        "$(Get-VeloCloudReplication -Connection a, b | Wait-VeloCloudReplication Unpaired -Timeout 30)" | Should -Be 'STANDALONE UNCONFIGURED STANDALONE UNCONFIGURED'
    }

    It 'waits through a restart in mid-wait' {
        Connect-Pair
        Set-Box a @{ restartSeconds = 5; stepSeconds = 0.3 }
        Invoke-VeloCloudFailover -Connection b -Force -Confirm:$false
        # No answer, then a session that nobody knows.
        $said = @(Wait-VeloCloudReplication -Connection b -Timeout 60 -Verbose 4>&1)
        "$($said[-1])" | Should -Be 'STANDALONE UNCONFIGURED'
        # A connection that is reset before its request was read stands in no request log: the lines of -Verbose have the attempts that failed.
        $said -match 'does not answer|no answer|reset|refused|forcibly|broken|unreachable|again in' | Should -Not -BeNullOrEmpty -Because ($said -join "`n")
        "$(Wait-VeloCloudReplication Demoted -Connection a -Timeout 60)" | Should -Be 'ZOMBIE UNCONFIGURED'
        (Get-Sent).Count | Should -Be 1
        @(Get-OrchestratorSimulatorRequest -Simulator $simulator -Standby -Path '*Login').Count | Should -Be 1
    }

    It 'says what goes on when it is stopped' {
        $begun = Start-AtHost 'Initialize-VeloCloudStandby -Connection a -Wait -Confirm:$false'
        Set-Box a @{ restartSeconds = 2 }
        Wait-Until { @(Get-Sent) -like 'a prepareForStandby*' }
        Start-Sleep -Milliseconds 300
        $begun.Shell.Stop()
        $ended = Complete-AtHost $begun
        $ended.Warnings -join ' ' | Should -BeLike '*goes on: Wait-VeloCloudReplication -Goal Candidate*'
        "$(Wait-VeloCloudReplication -Connection a -Timeout 30)" | Should -Be 'STANDBY STANDBY_CANDIDATE'
        (Get-Sent).Count | Should -Be 1
    }
}

Describe 'Orchestrator-Failover' {
    BeforeAll {
        Start-Pair
        Connect-Pair
        $script = Join-Path $RepositoryRoot 'examples' 'Orchestrator-Failover.ps1'
        $both = @{ Active = 'a'; Standby = 'b'; Module = $ModulePath; Credential = $operator; Attempt = 2; PauseSeconds = 0; Timeout = 60; Confirm = $false }
    }
    AfterAll { Stop-Pair }

    It 'sends nothing while the active answers, nor with -WhatIf' {
        { & $script @both } | Should -Throw '*The active answers (ACTIVE STANDBY_RUNNING). Nothing was sent*'
        $null = & $script @both -Planned -WhatIf
        { & $script -Active a -Module $ModulePath } | Should -Throw '*both connections*'
        Get-Sent | Should -BeNullOrEmpty
    }

    It 'fails over when the active is gone, although the answer is lost, and joins it again when it is back' {
        Set-Box a @{ down = $true }
        Get-State b | Should -Be 'STANDBY FAILURE_MYSQL_STANDBY_STATUS'
        Clear-Log
        Add-OrchestratorSimulatorFault VeloCloud LostAnswer -Standby -Path '*/promoteStandbyToActive' -Simulator $simulator
        $steps = & $script @both -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeLike '*answer was lost*'
        $steps.Step | Should -Be @('Found', 'Failed over')
        $steps[-1].Role | Should -Be STANDALONE
        Get-Sent | Should -Be 'b promoteStandbyToActive {}'
        # It has been promoted: a second run does not promote anything.
        { & $script @both } | Should -Throw '*Nothing was sent*'
        Set-Box a @{ down = $false }
        Clear-Log
        Invoke-VeloCloudDemotion -Connection a -StandbyConnection b -Wait -Timeout 30 -Confirm:$false | Out-Null
        Initialize-VeloCloudStandby -Connection a -Wait -Timeout 30 -Confirm:$false | Out-Null
        Enable-VeloCloudReplication -Connection b -StandbyConnection a -Credential $operator -Wait -Timeout 30 -Confirm:$false | Out-Null
    }

    It 'changes the places of two that are well, and back' {
        Clear-Log
        $both.Active, $both.Standby = 'b', 'a'
        $steps = & $script @both -Planned -Rejoin
        $steps.Step | Should -Be @('Found', 'Found', 'Failed over', 'Failed over', 'Prepared', 'Paired', 'Paired')
        "$($steps[-2..-1] | ForEach-Object { "$($_.Connection) $($_.Role)" })" | Should -Be 'a ACTIVE b STANDBY'
        @(Get-Sent) -replace ' \{.*' | Should -Be @('a promoteStandbyToActive', 'b prepareForStandby', 'a configureActiveForReplication')
    }
}

Describe 'Completion' {
    BeforeAll { Start-Pair }
    AfterAll { Stop-Pair }

    It 'offers goals and connections' {
        $line = 'Wait-VeloCloudReplication -Goal P'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be @('Paired', 'Promoted')
        foreach ($line in 'Invoke-VeloCloudFailover -ActiveConnection ', 'Enable-VeloCloudReplication -StandbyConnection ', 'Disable-VeloCloudReplication -PeerConnection ', 'Invoke-VeloCloudDemotion -StandbyConnection ') {
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be @('a', 'b')
        }
    }
}
